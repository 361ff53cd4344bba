package io.gatehouse.support;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeDirectory.Happening;
import io.gatehouse.support.FakeDirectory.What;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Okta's System Log: filters, and pages that go on for as long as nobody says until when. */
final class FakeOktaLog {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern TYPE = Pattern.compile("eventType eq \"([^\"]+)\"");

  private static final Map<What, String> TYPES =
      Map.ofEntries(
          entry(What.USER_CREATED, "user.lifecycle.create"),
          entry(What.USER_UPDATED, "user.account.update_profile"),
          entry(What.USER_DEACTIVATED, "user.lifecycle.deactivate"),
          entry(What.USER_SUSPENDED, "user.lifecycle.suspend"),
          entry(What.USER_REACTIVATED, "user.lifecycle.activate"),
          entry(What.USER_DELETED, "user.lifecycle.delete.completed"),
          entry(What.APP_ADDED, "application.user_membership.add"),
          entry(What.APP_REMOVED, "application.user_membership.remove"),
          entry(What.GROUP_CREATED, "group.lifecycle.create"),
          entry(What.GROUP_UPDATED, "group.profile.update"),
          entry(What.GROUP_DELETED, "group.lifecycle.delete"),
          entry(What.MEMBER_ADDED, "group.user_membership.add"),
          entry(What.MEMBER_REMOVED, "group.user_membership.remove"));

  private final FakeDirectory directory;
  private final FakePages pages;

  FakeOktaLog(FakeDirectory directory, FakePages pages) {
    this.directory = directory;
    this.pages = pages;
  }

  static String time(Instant at) {
    return TIME.format(at);
  }

  FakeReply answer(FakeCall call) {
    Map<String, String> query = call.query();
    long after = Long.parseLong(query.getOrDefault("after", "0"));
    List<Happening> found =
        directory.log.stream().filter(it -> it.id() > after && isWanted(query, it)).toList();
    FakePages.Page<Happening> page = pages.cut(found, 0, query.get("limit"));
    ArrayNode events = Json.array();
    page.items().forEach(it -> events.add(event(it)));
    FakeReply reply = FakeReply.ok(events);
    long end = page.items().isEmpty() ? after : page.items().get(page.items().size() - 1).id();
    boolean endless = !query.containsKey("until");
    return endless || !page.isLast()
        ? reply.with("Link", "<" + pages.base() + next(query, end) + ">; rel=\"next\"")
        : reply;
  }

  private static boolean isWanted(Map<String, String> query, Happening it) {
    Set<String> types = new HashSet<>();
    TYPE.matcher(query.getOrDefault("filter", "")).results().forEach(r -> types.add(r.group(1)));
    return (types.isEmpty() || types.contains(TYPES.get(it.what())))
        && !it.at().isBefore(Instant.parse(query.getOrDefault("since", "2000-01-01T00:00:00Z")))
        && it.at().isBefore(Instant.parse(query.getOrDefault("until", "3000-01-01T00:00:00Z")));
  }

  private static String next(Map<String, String> query, long after) {
    StringBuilder next = new StringBuilder("/api/v1/logs?after=").append(after);
    query.forEach(
        (name, value) -> {
          if (!name.equals("after")) {
            next.append('&').append(name).append('=');
            next.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
          }
        });
    return next.toString();
  }

  ArrayNode events() {
    synchronized (directory) {
      ArrayNode events = Json.array();
      directory.log.forEach(it -> events.add(event(it)));
      return events;
    }
  }

  private ObjectNode event(Happening it) {
    ObjectNode event =
        Json.object()
            .put("uuid", it.uuid().toString())
            .put("published", time(it.at()))
            .put("eventType", TYPES.get(it.what()))
            .put("version", "0")
            .put("severity", "INFO");
    event.putObject("outcome").put("result", "SUCCESS").putNull("reason");
    event.putObject("actor").put("id", "00uadmin").put("type", "User");
    ArrayNode targets = event.putArray("target");
    if (it.user() != null) {
      target(targets, it.user(), it.what().name().startsWith("APP_") ? "AppUser" : "User");
    }
    if (it.what().name().startsWith("APP_")) {
      targets.addObject().put("id", it.container()).put("type", "AppInstance");
      target(targets, it.user(), "User");
    } else if (it.container() != null) {
      targets.addObject().put("id", it.container()).put("type", "UserGroup");
    }
    return event;
  }

  private void target(ArrayNode targets, String user, String type) {
    targets
        .addObject()
        .put("id", type.equals("AppUser") ? "0ua" + user : user)
        .put("type", type)
        .put("alternateId", directory.users.get(user).get("login"));
  }
}
