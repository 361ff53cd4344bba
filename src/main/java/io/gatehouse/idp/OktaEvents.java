package io.gatehouse.idp;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.DateTimes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an event of Okta's System Log, which event hooks send too. */
public final class OktaEvents {

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          entry("user.lifecycle.create", Kind.USER_CHANGED),
          entry("user.lifecycle.activate", Kind.USER_ACTIVATED),
          entry("user.lifecycle.unsuspend", Kind.USER_ACTIVATED),
          entry("user.account.update_profile", Kind.USER_CHANGED),
          entry("user.account.update_primary_email", Kind.USER_CHANGED),
          entry("user.lifecycle.deactivate", Kind.USER_DEACTIVATED),
          entry("user.lifecycle.suspend", Kind.USER_DEACTIVATED),
          entry("user.lifecycle.delete.initiated", Kind.USER_DELETED),
          entry("user.lifecycle.delete.completed", Kind.USER_DELETED),
          entry("application.user_membership.add", Kind.USER_ASSIGNED),
          entry("application.user_membership.remove", Kind.USER_UNASSIGNED),
          entry("group.lifecycle.create", Kind.GROUP_CHANGED),
          entry("group.profile.update", Kind.GROUP_CHANGED),
          entry("group.lifecycle.delete", Kind.GROUP_DELETED),
          entry("group.user_membership.add", Kind.MEMBER_ADDED),
          entry("group.user_membership.remove", Kind.MEMBER_REMOVED));

  private OktaEvents() {}

  /** The types of events that say something to us. */
  public static Set<String> types() {
    return KINDS.keySet();
  }

  /** What an event says; nothing when it is of no use here. */
  public static List<Signal> read(JsonNode event) {
    Kind kind = KINDS.get(event.path("eventType").asText());
    if (kind == null || !"SUCCESS".equals(event.path("outcome").path("result").asText())) {
      return List.of();
    }
    boolean group = kind == Kind.GROUP_CHANGED || kind == Kind.GROUP_DELETED;
    JsonNode about = target(event, group ? "UserGroup" : "User", "AppUser");
    JsonNode container = target(event, "UserGroup", "AppInstance");
    return List.of(
        new Signal(
            kind,
            new Signal.Source(
                event.path("uuid").textValue(),
                DateTimes.instant(event.path("published").asText())),
            new Signal.About(
                about.path("id").asText(),
                about.path("alternateId").textValue(),
                group ? null : text(container)),
            null));
  }

  private static @Nullable String text(JsonNode target) {
    return target.path("id").textValue();
  }

  private static JsonNode target(JsonNode event, String type, String other) {
    for (String wanted : List.of(type, other)) {
      for (JsonNode target : event.path("target")) {
        if (target.path("type").asText().equals(wanted)) {
          return target;
        }
      }
    }
    return event.path("none");
  }
}
