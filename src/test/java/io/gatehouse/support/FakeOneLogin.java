package io.gatehouse.support;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.Group;
import io.gatehouse.support.FakeDirectory.Happening;
import io.gatehouse.support.FakeDirectory.State;
import io.gatehouse.support.FakeDirectory.What;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** OneLogin: users, roles and applications of version 2, events of version 1. Ids are numbers. */
final class FakeOneLogin implements FakeVendor {

  private static final int ACCOUNT = 92001;

  private static final Map<State, Integer> STATUS =
      Map.of(State.STAGED, 0, State.ACTIVE, 1, State.SUSPENDED, 2, State.DEACTIVATED, 0);

  private static final Map<What, Integer> TYPES =
      Map.ofEntries(
          entry(What.USER_CREATED, 13),
          entry(What.USER_UPDATED, 14),
          entry(What.USER_DEACTIVATED, 15),
          entry(What.USER_SUSPENDED, 21),
          entry(What.USER_REACTIVATED, 16),
          entry(What.USER_DELETED, 17),
          entry(What.APP_ADDED, 206),
          entry(What.APP_REMOVED, 207),
          entry(What.MEMBER_ADDED, 147),
          entry(What.MEMBER_REMOVED, 148));

  private final FakeDirectory directory;
  private final FakePages pages;

  FakeOneLogin(FakeDirectory directory, FakePages pages) {
    this.directory = directory;
    this.pages = pages;
  }

  @Override
  public FakeReply answer(FakeCall call) {
    String[] path = call.path();
    if (path[2].equals("events")) {
      return events(call);
    }
    if (path[2].equals("apps")) {
      return directory.unknown.contains(path[3])
          ? failure(404, "NotFoundError", "Not Found")
          : FakeReply.ok(Json.object().put("id", number(path[3])).put("name", "Gatehouse"));
    }
    FakeUser user = directory.users.get(path[3]);
    Group role = directory.groups.get(path[3]);
    if (path[2].equals("users") ? user == null || user.state() == State.DELETED : role == null) {
      return failure(404, "NotFoundError", "Not Found");
    }
    if (path.length == 4) {
      return FakeReply.ok(path[2].equals("users") ? json(user) : json(role));
    }
    return path[2].equals("users")
        ? page(call, applications(user.id()), it -> Json.object().put("id", number(it)))
        : page(call, directory.present(role.members()), this::member);
  }

  private static long number(String id) {
    return Long.parseLong(id);
  }

  private ObjectNode json(FakeUser user) {
    ObjectNode json =
        Json.object()
            .put("id", number(user.id()))
            .put("username", user.get("login"))
            .put("email", user.get("email"))
            .put("firstname", user.get("firstName"))
            .put("lastname", user.get("lastName"))
            .put("title", user.get("title"))
            .put("department", user.get("department"))
            .put("company", user.get("organization"))
            .put("phone", user.get("primaryPhone"))
            .put("status", STATUS.get(user.state()))
            .put("state", 1)
            .put("updated_at", user.modified().toString())
            .putNull("manager_user_id");
    ArrayNode roles = json.putArray("role_ids");
    directory.groups.values().stream()
        .filter(it -> it.members().contains(user.id()))
        .forEach(it -> roles.add(number(it.id())));
    return json;
  }

  private static ObjectNode json(Group role) {
    ObjectNode json = Json.object().put("id", number(role.id())).put("name", role.name());
    json.putArray("apps");
    return json;
  }

  private ObjectNode member(String user) {
    FakeUser member = directory.users.get(user);
    return Json.object()
        .put("id", number(user))
        .put("name", member.get("firstName") + " " + member.get("lastName"))
        .put("username", member.get("login"))
        .put("assigned", true);
  }

  private List<String> applications(String user) {
    return directory.applications.entrySet().stream()
        .filter(it -> it.getValue().contains(user))
        .map(Map.Entry::getKey)
        .toList();
  }

  private <T> FakeReply page(FakeCall call, List<T> all, Function<T, JsonNode> json) {
    int from = Integer.parseInt(call.query().getOrDefault("cursor", "0"));
    FakePages.Page<T> page = pages.cut(all, from, call.query().get("limit"));
    ArrayNode items = Json.array();
    page.items().forEach(it -> items.add(json.apply(it)));
    return FakeReply.ok(items)
        .with("Total-Count", "" + all.size())
        .with("Page-Items", "" + page.items().size())
        .with("After-Cursor", page.isLast() ? "" : "" + page.end());
  }

  private FakeReply events(FakeCall call) {
    Set<String> types = Set.copyOf(Arrays.asList(call.query().get("event_type_id").split(",")));
    Instant since = Instant.parse(call.query().get("since"));
    List<Happening> found =
        directory.log.stream()
            .filter(it -> types.contains("" + TYPES.get(it.what())) && it.at().isAfter(since))
            .toList();
    int from = Integer.parseInt(call.query().getOrDefault("after_cursor", "0"));
    FakePages.Page<Happening> page = pages.cut(found, from, call.query().get("limit"));
    ObjectNode json = Json.object();
    json.set("status", status(200, "success", "Success"));
    json.putObject("pagination")
        .putNull("before_cursor")
        .put("after_cursor", page.isLast() ? null : "" + page.end());
    ArrayNode data = json.putArray("data");
    page.items().forEach(it -> data.add(event(it)));
    return FakeReply.ok(json);
  }

  private static ObjectNode event(Happening it) {
    ObjectNode event =
        Json.object()
            .put("id", it.id())
            .put("created_at", it.at().toString())
            .put("account_id", ACCOUNT)
            .put("event_type_id", TYPES.get(it.what()))
            .put("user_id", number(it.user()))
            .putNull("role_id")
            .putNull("app_id");
    if (it.container() != null) {
      boolean role = it.what().name().startsWith("MEMBER_");
      event.put(role ? "role_id" : "app_id", number(it.container()));
    }
    return event;
  }

  private static ObjectNode status(int code, String type, String message) {
    return Json.object()
        .put("error", code >= 400)
        .put("code", code)
        .put("type", type)
        .put("message", message);
  }

  private static FakeReply failure(int status, String name, String message) {
    return FakeReply.of(
        status, Json.object().put("statusCode", status).put("name", name).put("message", message));
  }

  @Override
  public boolean isForToken(FakeCall call) {
    return call.uri().getPath().equals("/auth/oauth2/v2/token");
  }

  @Override
  public FakeReply token(String token, Duration life) {
    return FakeReply.ok(
        Json.object()
            .put("access_token", token)
            .put("created_at", directory.now().toString())
            .put("expires_in", life.toSeconds())
            .put("token_type", "bearer")
            .put("account_id", ACCOUNT));
  }

  @Override
  public FakeReply unauthorized() {
    return failure(401, "UnauthorizedError", "Authentication Failure");
  }

  /** The reset is how many seconds are left. */
  @Override
  public FakeReply tooMany(Duration wait) {
    ObjectNode json = Json.object();
    json.set("status", status(429, "Too Many Requests", "rate limit exceeded"));
    return FakeReply.of(429, json)
        .with("X-RateLimit-Limit", "5000")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", "" + wait.toSeconds());
  }
}
