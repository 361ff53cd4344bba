package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of OneLogin, which sends events of all types: {@code
 * {"event_type_id":15,"uuid":"d1e2...","account_id":92001,"user_id":41770001,...}}. The Events API
 * has {@code id} and {@code created_at} instead of {@code uuid} and {@code event_timestamp}.
 */
public final class OneLoginEvents {

  private static final Map<Integer, Kind> KINDS = new HashMap<>();

  static {
    // unlocked, created, updated, locked, recently removed, imported
    all(Kind.USER_CHANGED, 12, 13, 14, 19, 28, 33, 48);
    // activated, reactivated
    all(Kind.USER_ACTIVATED, 16, 32);
    // deactivated, suspended, suspended via API
    all(Kind.USER_DEACTIVATED, 15, 21, 551);
    // deleted, destroyed via API
    all(Kind.USER_DELETED, 17, 530);
    // custom attribute set; updated, locked, locked, created, locked via API
    all(Kind.USER_CHANGED, 512, 529, 531, 532, 533, 553);
    // role assigned; role added manually, automatically, via API
    all(Kind.MEMBER_ADDED, 4, 147, 149, 513);
    // role removed manually, automatically, via API
    all(Kind.MEMBER_REMOVED, 148, 150, 514);
    // app manually added to, removed from a user
    all(Kind.USER_ASSIGNED, 206);
    all(Kind.USER_UNASSIGNED, 207);
  }

  private OneLoginEvents() {}

  /** The relevant types of events. */
  public static Set<Integer> types() {
    return Collections.unmodifiableSet(KINDS.keySet());
  }

  private static void all(Kind kind, int... types) {
    for (int type : types) {
      KINDS.put(type, kind);
    }
  }

  /** The signals of an event; empty when its type is not relevant. */
  public static List<Signal> read(JsonNode event) {
    Kind kind = KINDS.get(event.path("event_type_id").asInt());
    String user = text(event, "user_id");
    if (kind == null || user == null) {
      return List.of();
    }
    String container = container(kind, event);
    return container == null && kind.hasContainer()
        ? List.of()
        : List.of(new Signal(kind, source(event), new About(user, null, container), null));
  }

  private static @Nullable String container(Kind kind, JsonNode event) {
    return switch (kind) {
      case MEMBER_ADDED, MEMBER_REMOVED -> text(event, "role_id");
      case USER_ASSIGNED, USER_UNASSIGNED -> text(event, "app_id");
      default -> null;
    };
  }

  private static EventRef source(JsonNode event) {
    String uuid = text(event, "uuid");
    String id = uuid == null ? text(event, "id") : uuid;
    Instant time = EventTimes.read(event.path("event_timestamp"));
    return new EventRef(
        id == null ? null : event.path("account_id").asText() + ":" + id,
        time == null ? EventTimes.read(event.path("created_at")) : time);
  }

  private static @Nullable String text(JsonNode event, String member) {
    String value = event.path(member).asText("");
    return value.isBlank() ? null : value;
  }
}
