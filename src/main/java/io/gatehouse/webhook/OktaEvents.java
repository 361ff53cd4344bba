package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of Okta's System Log, from event hooks or from the log itself: {@code
 * {"eventType":"user.lifecycle.deactivate","uuid":"2b1d...","target":[{"type":"User","id":"00u1"}]}}.
 */
public final class OktaEvents {

  private static final String USER = "User";
  private static final String GROUP = "UserGroup";
  private static final String APPLICATION = "AppInstance";

  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    // this reactivation only sends the invitation again
    all(Kind.USER_CHANGED, "user.lifecycle.", "create reactivate");
    all(Kind.USER_ACTIVATED, "user.lifecycle.", "activate unsuspend");
    all(Kind.USER_DEACTIVATED, "user.lifecycle.", "deactivate suspend");
    all(Kind.USER_DELETED, "user.lifecycle.delete.", "initiated completed");
    all(
        Kind.USER_CHANGED,
        "user.account.",
        "update_profile update_primary_email update_secondary_email update_user_type"
            + " lock unlock unlock_by_admin");
    all(Kind.USER_ASSIGNED, "application.user_membership.", "add");
    all(Kind.USER_UNASSIGNED, "application.user_membership.", "remove");
    all(Kind.USER_CHANGED, "application.user_membership.", "update change_username");
    all(Kind.USER_CHANGED, "directory.app_user_profile.", "update");
    all(Kind.GROUP_CHANGED, "group.", "lifecycle.create profile.update");
    all(Kind.GROUP_CHANGED, "group.application_assignment.", "add remove update");
    all(Kind.GROUP_CHANGED, "system.import.group.", "create");
    all(Kind.GROUP_DELETED, "", "group.lifecycle.delete system.import.group.delete");
    all(Kind.MEMBER_ADDED, "group.user_membership.", "add");
    all(Kind.MEMBER_REMOVED, "group.user_membership.", "remove");
  }

  private OktaEvents() {}

  /** The relevant types of events. */
  public static Set<String> types() {
    return Collections.unmodifiableSet(KINDS.keySet());
  }

  private static void all(Kind kind, String prefix, String types) {
    for (String type : types.split(" ")) {
      KINDS.put(prefix + type, kind);
    }
  }

  /** The signals of an event; empty when the operation failed or its type is not relevant. */
  public static List<Signal> read(JsonNode event) {
    Kind kind = KINDS.get(event.path("eventType").asText());
    if (kind == null || !event.path("outcome").path("result").asText().equals("SUCCESS")) {
      return List.of();
    }
    return about(kind, event.path("target"))
        .map(it -> new Signal(kind, source(event), it, null))
        .stream()
        .toList();
  }

  private static EventRef source(JsonNode event) {
    return new EventRef(Json.text(event, "uuid"), EventTimes.read(event.path("published")));
  }

  /** The subject; targets come in any order, so they are found by type. */
  private static Optional<About> about(Kind kind, JsonNode targets) {
    return switch (kind) {
      case GROUP_CHANGED, GROUP_DELETED ->
          target(targets, GROUP).map(it -> new About(id(it), null, null));
      case MEMBER_ADDED, MEMBER_REMOVED ->
          target(targets, GROUP).flatMap(it -> user(targets, id(it)));
      case USER_ASSIGNED, USER_UNASSIGNED ->
          target(targets, APPLICATION).flatMap(it -> user(targets, id(it)));
      default -> user(targets, null);
    };
  }

  private static Optional<About> user(JsonNode targets, @Nullable String container) {
    return target(targets, USER)
        .map(it -> new About(id(it), Json.text(it, "alternateId"), container));
  }

  private static Optional<JsonNode> target(JsonNode targets, String type) {
    for (JsonNode target : targets) {
      if (target.path("type").asText().equals(type) && !id(target).isBlank()) {
        return Optional.of(target);
      }
    }
    return Optional.empty();
  }

  private static String id(JsonNode target) {
    return target.path("id").asText("");
  }
}
