package io.gatehouse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.About;
import io.gatehouse.inbox.Signal.EventRef;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Change notifications of Microsoft Graph: {@code
 * {"changeType":"updated","resource":"Users/a1",...}}, or the same as {@code data} of a CloudEvent.
 * {@code updated} also stands for a created and a soft-deleted user, and {@code deleted} for a
 * permanently deleted one.
 */
final class GraphNotifications {

  private static final String DELETED = "deleted";
  private static final Map<String, Kind> LIFECYCLE =
      Map.of(
          "reauthorizationRequired", Kind.FEED_EXPIRES,
          "subscriptionRemoved", Kind.FEED_BROKEN,
          "missed", Kind.FEED_BROKEN);

  private GraphNotifications() {}

  /** The signals of an item; empty when it is from an unknown subscription. */
  static List<Signal> read(JsonNode event, WebhookExchange exchange) {
    boolean wrapped = event.has("specversion") && event.path("data").isObject();
    JsonNode item = wrapped ? event.path("data") : event;
    String feed = item.path("subscriptionId").asText("");
    if (!exchange.connection().feeds().test(feed)) {
      return List.of();
    }
    EventRef eventRef = wrapped ? source(event, item) : new EventRef(null, null);
    return item.has("lifecycleEvent")
        ? lifecycle(item.path("lifecycleEvent").asText(), feed, eventRef)
        : change(item, eventRef);
  }

  private static List<Signal> lifecycle(String event, String feed, EventRef eventRef) {
    Kind kind = LIFECYCLE.get(event);
    return kind == null || feed.isEmpty() ? List.of() : signal(kind, eventRef, feed);
  }

  /** The source of an item; its time may have more fraction digits than the gateway's clock. */
  private static EventRef source(JsonNode event, JsonNode item) {
    Instant changed = EventTimes.read(item.path("resourceData").path("eventTime"));
    return new EventRef(
        Json.text(event, "id"), changed == null ? EventTimes.read(event.path("time")) : changed);
  }

  private static List<Signal> change(JsonNode item, EventRef eventRef) {
    String[] resource = item.path("resource").asText("").replaceFirst("^/", "").split("/");
    String id = item.path("resourceData").path("id").asText(resource.length > 1 ? resource[1] : "");
    Kind kind = kind(resource[0].toLowerCase(Locale.ROOT), item.path("changeType").asText());
    return kind == null || id.isBlank() ? List.of() : signal(kind, eventRef, id);
  }

  private static @Nullable Kind kind(String collection, String changeType) {
    boolean deleted = changeType.equals(DELETED);
    return switch (collection) {
      case "users" -> deleted ? Kind.USER_DELETED : Kind.USER_CHANGED;
      case "groups" -> deleted ? Kind.GROUP_DELETED : Kind.GROUP_CHANGED;
      default -> null;
    };
  }

  private static List<Signal> signal(Kind kind, EventRef eventRef, String id) {
    return List.of(new Signal(kind, eventRef, new About(id, null, null), null));
  }
}
