package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the result of a mapping in a route file: {@code null}, a signal, or an array of signals,
 * each {@code {"kind":"user-changed","eventId":"e1","occurredAt":"...","id":"7",...}}.
 */
public final class MappedSignal {

  /**
   * The kinds by their names in route files. Events of the gateway's own subscriptions are
   * excluded.
   */
  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    for (Kind kind : Kind.values()) {
      if (!kind.name().startsWith("FEED")) {
        KINDS.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), kind);
      }
    }
  }

  private MappedSignal() {}

  /**
   * Reads the signals.
   *
   * @throws RefusedWebhookException 400 when the result has another form
   */
  public static List<Signal> all(JsonNode mapped) {
    List<Signal> all = new ArrayList<>();
    if (mapped.isArray()) {
      mapped.forEach(it -> all.add(one(it)));
    } else if (!mapped.isNull()) {
      all.add(one(mapped));
    }
    return all;
  }

  private static Signal one(JsonNode mapped) {
    Kind kind = KINDS.get(mapped.path("kind").asText());
    String id = text(mapped, "id");
    String container = text(mapped, "container");
    if (kind == null || id == null || (container == null && kind.hasContainer())) {
      throw RefusedWebhookException.badRequest("The mapping of this profile cannot read an event.");
    }
    return new Signal(
        kind,
        new EventRef(text(mapped, "eventId"), EventTimes.read(mapped.path("occurredAt"))),
        new About(id, text(mapped, "login"), container),
        mapped.get("resource") instanceof ObjectNode resource ? resource : null);
  }

  private static @Nullable String text(JsonNode mapped, String member) {
    String text = mapped.path(member).isValueNode() ? mapped.path(member).asText("") : "";
    return text.isBlank() || !Json.isText(text) ? null : text;
  }
}
