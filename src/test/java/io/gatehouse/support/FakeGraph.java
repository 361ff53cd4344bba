package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Microsoft Graph v1.0: OData errors and links, and nothing that was not selected. */
final class FakeGraph implements FakeVendor {

  private static final Map<String, String> PROFILE =
      Map.of(
          "userPrincipalName", "login",
          "mail", "email",
          "givenName", "firstName",
          "surname", "lastName",
          "displayName", "displayName",
          "department", "department",
          "jobTitle", "title",
          "employeeId", "employeeNumber",
          "mobilePhone", "mobilePhone",
          "country", "countryCode");

  private final FakeDirectory directory;
  private final FakeDelta delta;
  private final FakeSubscriptions subscriptions;
  private final FakePages pages;

  FakeGraph(FakeDirectory directory, FakePages pages, FakeSubscriptions subscriptions) {
    this.directory = directory;
    this.pages = pages;
    this.delta = new FakeDelta(directory, pages);
    this.subscriptions = subscriptions;
  }

  FakeDelta delta() {
    return delta;
  }

  @Override
  public FakeReply answer(FakeCall call) {
    String[] path = call.path();
    if (path[1].equals("subscriptions")) {
      return subscriptions.answer(call);
    }
    if (path[2].equals("delta")) {
      return delta.answer(path[1], call);
    }
    return switch (path[1]) {
      case "users" -> users(call, path);
      case "groups" -> groups(call, path);
      case "servicePrincipals" ->
          directory.unknown.contains(path[2])
              ? notFound(path[2])
              : FakeReply.ok(Json.object().put("id", path[2]).put("displayName", "Gatehouse"));
      default -> deleted(path[3]);
    };
  }

  private FakeReply users(FakeCall call, String[] path) {
    FakeUser user = directory.users.get(path[2]);
    if (user == null || user.state() == State.DELETED) {
      return notFound(path[2]);
    }
    if (path.length == 3) {
      return FakeReply.ok(json(user, call.query()));
    }
    return path[3].equals("checkMemberGroups")
        ? memberships(call.json(), user.id())
        : assignments(call.query().get("$filter"), user.id());
  }

  private ObjectNode json(FakeUser user, Map<String, String> query) {
    ObjectNode json = Json.object().put("@odata.context", pages.base() + "/v1.0/$metadata#users");
    for (String name : query.getOrDefault("$select", "id").split(",")) {
      json.put(name, PROFILE.containsKey(name) ? user.get(PROFILE.get(name)) : null);
    }
    json.put("id", user.id());
    if (json.has("accountEnabled")) {
      json.put("accountEnabled", user.state() == State.ACTIVE);
    }
    if (json.has("businessPhones")) {
      ArrayNode phones = json.putArray("businessPhones");
      if (user.get("primaryPhone") != null) {
        phones.add(user.get("primaryPhone"));
      }
    }
    return json;
  }

  /** Softly deleted: the name has the id before it, and stays so for 30 days. */
  private FakeReply deleted(String id) {
    FakeUser user = directory.users.get(id);
    return user == null || user.state() != State.DELETED
        ? notFound(id)
        : FakeReply.ok(
            Json.object()
                .put("@odata.type", "#microsoft.graph.user")
                .put("id", id)
                .put("deletedDateTime", user.modified().toString())
                .put("displayName", user.get("displayName"))
                .put("userPrincipalName", id.replace("-", "") + user.get("login")));
  }

  private FakeReply memberships(JsonNode asked, String user) {
    List<String> found = new ArrayList<>();
    for (JsonNode group : asked.path("groupIds")) {
      var known = directory.groups.get(group.asText());
      if (known != null && known.members().contains(user)) {
        found.add(known.id());
      }
    }
    return FakeReply.ok(list(Json.MAPPER.valueToTree(found)));
  }

  private FakeReply assignments(String filter, String user) {
    String application = filter.replace("resourceId eq ", "");
    ArrayNode found = Json.array();
    if (directory.applications.getOrDefault(application, Set.of()).contains(user)) {
      found
          .addObject()
          .put("id", "assignment-of-" + user)
          .put("principalId", user)
          .put("principalType", "User")
          .put("resourceId", application);
    }
    return FakeReply.ok(list(found));
  }

  private FakeReply groups(FakeCall call, String[] path) {
    var group = directory.groups.get(path[2]);
    if (group == null) {
      return notFound(path[2]);
    }
    if (path.length == 3) {
      return FakeReply.ok(Json.object().put("id", group.id()).put("displayName", group.name()));
    }
    List<String> members = List.copyOf(group.members());
    int from = Integer.parseInt(call.query().getOrDefault("$skiptoken", "0"));
    FakePages.Page<String> page = pages.cut(members, from, call.query().get("$top"));
    ArrayNode items = Json.array();
    page.items().forEach(it -> items.addObject().put("@odata.type", type(it)).put("id", it));
    ObjectNode json = list(items);
    if (!page.isLast()) {
      json.put(
          "@odata.nextLink", pages.base() + call.uri().getPath() + "?$skiptoken=" + page.end());
    }
    return FakeReply.ok(json);
  }

  private String type(String id) {
    return directory.users.containsKey(id) ? "#microsoft.graph.user" : "#microsoft.graph.group";
  }

  static ObjectNode list(JsonNode items) {
    ObjectNode json = Json.object();
    json.set("value", items);
    return json;
  }

  private static FakeReply notFound(String id) {
    return error(404, "Request_ResourceNotFound", "Resource '" + id + "' does not exist.");
  }

  static FakeReply error(int status, String code, String message) {
    ObjectNode json = Json.object();
    json.putObject("error").put("code", code).put("message", message).putObject("innerError");
    return FakeReply.of(status, json);
  }

  @Override
  public boolean isForToken(FakeCall call) {
    return call.uri().getPath().endsWith("/oauth2/v2.0/token");
  }

  @Override
  public FakeReply token(String token, Duration life) {
    return FakeReply.ok(
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", life.toSeconds())
            .put("ext_expires_in", life.toSeconds())
            .put("access_token", token));
  }

  @Override
  public FakeReply unauthorized() {
    return error(
        401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
  }

  @Override
  public FakeReply tooMany(Duration wait) {
    return error(429, "TooManyRequests", "Too many requests.")
        .with("Retry-After", "" + wait.toSeconds());
  }
}
