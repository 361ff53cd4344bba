package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.Group;
import io.gatehouse.support.FakeDirectory.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Okta: {@code /api/v1}, its errors, its Link headers. */
final class FakeOkta implements FakeVendor {

  private static final List<String> PROFILE =
      List.of(
          "login",
          "email",
          "firstName",
          "lastName",
          "displayName",
          "secondEmail",
          "title",
          "department",
          "division",
          "organization",
          "costCenter",
          "employeeNumber",
          "manager",
          "managerId",
          "mobilePhone",
          "primaryPhone",
          "city",
          "countryCode",
          "preferredLanguage",
          "locale",
          "timezone");

  private static final Map<State, String> STATUS =
      Map.of(
          State.STAGED, "STAGED",
          State.ACTIVE, "ACTIVE",
          State.SUSPENDED, "SUSPENDED",
          State.DEACTIVATED, "DEPROVISIONED");

  private final FakeDirectory directory;
  private final FakeOktaLog log;
  private final FakePages pages;

  FakeOkta(FakeDirectory directory, FakePages pages) {
    this.directory = directory;
    this.pages = pages;
    this.log = new FakeOktaLog(directory, pages);
  }

  @Override
  public FakeReply answer(FakeCall call) {
    String[] path = call.path();
    String id = path.length > 3 ? path[3] : "";
    return switch (path[2]) {
      case "logs" -> log.answer(call);
      case "users" ->
          user(id) == null
              ? notFound(id, "User")
              : path.length == 4 ? FakeReply.ok(json(user(id))) : groupsOf(id);
      case "groups" ->
          !directory.groups.containsKey(id)
              ? notFound(id, "UserGroup")
              : path.length == 4 ? FakeReply.ok(json(directory.groups.get(id))) : members(call, id);
      case "apps" ->
          directory.unknown.contains(id)
              ? notFound(id, "AppInstance")
              : path.length == 4 ? FakeReply.ok(application(id)) : assignment(id, path[5]);
      default -> notFound(call.uri().getPath(), "Resource");
    };
  }

  private FakeUser user(String id) {
    FakeUser user = directory.users.get(id);
    return user == null || user.state() == State.DELETED ? null : user;
  }

  private static ObjectNode json(FakeUser user) {
    ObjectNode json = Json.object().put("id", user.id()).put("status", STATUS.get(user.state()));
    json.put("created", "2026-01-01T00:00:00.000Z");
    json.put("lastUpdated", FakeOktaLog.time(user.modified()));
    json.putNull("statusChanged");
    ObjectNode profile = json.putObject("profile");
    for (String attribute : PROFILE) {
      if (user.get(attribute) != null || Set.of("secondEmail", "mobilePhone").contains(attribute)) {
        profile.put(attribute, user.get(attribute));
      }
    }
    json.putObject("credentials").putObject("provider").put("type", "OKTA").put("name", "OKTA");
    return json;
  }

  private static ObjectNode json(Group group) {
    ObjectNode json = Json.object().put("id", group.id()).put("type", "OKTA_GROUP");
    json.putObject("profile").put("name", group.name()).putNull("description");
    return json;
  }

  private FakeReply groupsOf(String user) {
    ArrayNode all = Json.array();
    directory.groups.values().stream()
        .filter(it -> it.members().contains(user))
        .forEach(it -> all.add(json(it)));
    return FakeReply.ok(all);
  }

  private FakeReply members(FakeCall call, String group) {
    List<String> members = directory.present(directory.groups.get(group).members());
    return page(call, members, it -> json(directory.users.get(it)));
  }

  private <T> FakeReply page(FakeCall call, List<T> all, Function<T, JsonNode> json) {
    int from = Integer.parseInt(call.query().getOrDefault("after", "0"));
    FakePages.Page<T> page = pages.cut(all, from, call.query().get("limit"));
    ArrayNode items = Json.array();
    page.items().forEach(it -> items.add(json.apply(it)));
    FakeReply reply = FakeReply.ok(items).with("Link", link(call, from, "self"));
    return page.isLast() ? reply : reply.with("Link", link(call, page.end(), "next"));
  }

  private String link(FakeCall call, int after, String rel) {
    String path = pages.base() + call.uri().getPath();
    return "<" + path + "?after=" + after + "&limit=" + pages.size() + ">; rel=\"" + rel + "\"";
  }

  private static ObjectNode application(String id) {
    return Json.object().put("id", id).put("label", "Gatehouse").put("status", "ACTIVE");
  }

  private FakeReply assignment(String application, String user) {
    if (!directory.applications.getOrDefault(application, Set.of()).contains(user)) {
      return notFound(user, "AppUser");
    }
    ObjectNode json = Json.object().put("id", user).put("scope", "USER").put("status", "ACTIVE");
    String name = directory.users.get(user).get("appUserName");
    String login = directory.users.get(user).get("login");
    json.putObject("credentials").put("userName", name == null ? login : name);
    return FakeReply.ok(json);
  }

  ArrayNode events() {
    return log.events();
  }

  private static FakeReply notFound(String id, String type) {
    return error(404, "E0000007", "Not found: Resource not found: " + id + " (" + type + ")");
  }

  static FakeReply error(int status, String code, String summary) {
    ObjectNode json =
        Json.object()
            .put("errorCode", code)
            .put("errorSummary", summary)
            .put("errorLink", code)
            .put("errorId", "oaeHfmOAx1iRLa0H10DeMz5fQ");
    json.putArray("errorCauses");
    return FakeReply.of(status, json);
  }

  @Override
  public boolean isForToken(FakeCall call) {
    return call.uri().getPath().equals("/oauth2/v1/token");
  }

  @Override
  public FakeReply token(String token, Duration life) {
    return FakeReply.ok(
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", life.toSeconds())
            .put("access_token", token)
            .put("scope", "okta.users.read"));
  }

  @Override
  public FakeReply unauthorized() {
    return error(401, "E0000011", "Invalid token provided");
  }

  /** The reset is a time on Okta's clock, which is the one in the header Date. */
  @Override
  public FakeReply tooMany(Duration wait) {
    return error(429, "E0000047", "API call exceeded rate limit due to too many requests.")
        .with("X-Rate-Limit-Limit", "600")
        .with("X-Rate-Limit-Remaining", "0")
        .with("X-Rate-Limit-Reset", "" + Instant.now().plus(wait).getEpochSecond());
  }
}
