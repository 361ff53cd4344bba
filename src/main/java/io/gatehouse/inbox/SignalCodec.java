package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signals as JSON: the form in which they are stored and sent. Unknown members are ignored. */
public final class SignalCodec {

  private SignalCodec() {}

  /** Writes a signal. Absent values are left out, so that equal signals have equal texts. */
  public static ObjectNode encode(Signal signal) {
    ObjectNode json = Json.object().put("kind", signal.kind().name());
    put(json, "eventId", signal.source().eventId());
    put(json, "occurredAt", signal.source().occurredAt());
    put(json, "id", signal.about().id());
    put(json, "login", signal.about().login());
    put(json, "container", signal.about().container());
    if (signal.resource() != null) {
      json.set("resource", signal.resource());
    }
    return json;
  }

  private static void put(ObjectNode json, String member, @Nullable Object value) {
    if (value != null) {
      json.put(member, value.toString());
    }
  }

  /**
   * Reads what {@link #encode} has written.
   *
   * @throws IllegalArgumentException when it is no signal of a kind that this gateway knows
   */
  public static Signal decode(JsonNode json) {
    String occurredAt = Json.text(json, "occurredAt");
    return new Signal(
        Kind.valueOf(json.path("kind").asText()),
        new EventRef(
            Json.text(json, "eventId"), occurredAt == null ? null : Instant.parse(occurredAt)),
        new About(json.path("id").asText(), Json.text(json, "login"), Json.text(json, "container")),
        json.get("resource") instanceof ObjectNode resource ? resource : null);
  }
}
