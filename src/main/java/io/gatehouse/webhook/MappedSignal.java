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
 * What a mapping in a route file makes of an event: {@code null}, a signal, or an array of signals,
 * each {@code {"kind":"user-changed","eventId":"e1","occurredAt":"...","id":"7",...}}.
 */
public final class MappedSignal {

  /** In the words of route files; what a subscription of our own does is not for them to say. */
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
   * Reads it.
   *
   * @throws RefusedWebhookException 400 when it is something else
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
