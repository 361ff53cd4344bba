package io.gatehouse.idp;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.DateTimes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads an event of OneLogin, from a webhook or from its Events API. */
public final class OneLoginEvents {

  private static final Map<Integer, Kind> KINDS =
      Map.ofEntries(
          entry(13, Kind.USER_CHANGED),
          entry(14, Kind.USER_CHANGED),
          entry(15, Kind.USER_DEACTIVATED),
          entry(16, Kind.USER_CHANGED),
          entry(17, Kind.USER_DELETED),
          entry(21, Kind.USER_DEACTIVATED),
          entry(32, Kind.USER_CHANGED),
          entry(147, Kind.MEMBER_ADDED),
          entry(148, Kind.MEMBER_REMOVED));

  private OneLoginEvents() {}

  /** The types of events that say something to us. */
  public static Set<Integer> types() {
    return KINDS.keySet();
  }

  /** What an event says; nothing when it is of no use here. */
  public static List<Signal> read(JsonNode event) {
    Kind kind = KINDS.get(event.path("event_type_id").asInt());
    if (kind == null) {
      return List.of();
    }
    String id = event.path("uuid").asText(event.path("id").asText());
    return List.of(
        new Signal(
            kind,
            new Signal.Source(
                event.path("account_id").asText() + ":" + id,
                DateTimes.instant(event.path("created_at").asText())),
            new Signal.About(
                event.path("user_id").asText(),
                null,
                event.path("role_id").isNumber() ? event.path("role_id").asText() : null),
            null));
  }
}
