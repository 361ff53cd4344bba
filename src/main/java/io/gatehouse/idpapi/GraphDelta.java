package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.Signal.Kind;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the changes in Entra ID, by the delta queries of users and of groups. The first poll only
 * fetches a start position. When Graph does not know the position any more (it keeps one for seven
 * days), all users and groups are read as changed.
 */
final class GraphDelta {

  /** The statuses for an unknown position: 410, and 400 for users and groups. */
  private static final Set<Integer> LOST = Set.of(410, 400);

  private static final Feed USERS =
      new Feed("users", GraphUser.SELECT, Kind.USER_CHANGED, Kind.USER_DELETED);
  private static final Feed GROUPS =
      new Feed("groups", "id,displayName,members", Kind.GROUP_CHANGED, Kind.GROUP_DELETED);

  private final ApiClient api;

  GraphDelta(ApiClient api) {
    this.api = api;
  }

  private record Feed(String name, String select, Kind changed, Kind removed) {
    String everything() {
      return "/v1.0/" + name + "/delta?$select=" + select;
    }

    String fromNowOn() {
      return everything() + "&$deltatoken=latest";
    }
  }

  /** A page of users and one of groups. */
  PollResult poll(@Nullable String watermark) {
    ObjectNode places = watermark == null ? Json.object() : Json.stored(watermark);
    List<Signal> signals = new ArrayList<>();
    boolean more = false;
    for (Feed feed : List.of(USERS, GROUPS)) {
      String place = Json.text(places, feed.name());
      JsonNode page = page(feed, place == null || !api.isHere(place) ? feed.fromNowOn() : place);
      page.path("value").forEach(it -> signals.add(signal(feed, it)));
      more |= page.has("@odata.nextLink");
      places.put(feed.name(), next(page));
    }
    return new PollResult(signals, Json.text(places), more);
  }

  private JsonNode page(Feed feed, String place) {
    ApiResponse response = api.send("GET", place, null);
    return LOST.contains(response.status())
        ? api.get(feed.everything()).json()
        : ApiClient.ok(place, response).json();
  }

  private static String next(JsonNode page) {
    JsonNode delta = page.path("@odata.deltaLink");
    return page.path("@odata.nextLink").asText(delta.asText());
  }

  /** The signal of an item; a soft and a permanent deletion both mean a deleted user or group. */
  private static Signal signal(Feed feed, JsonNode item) {
    return new Signal(
        item.has("@removed") ? feed.removed() : feed.changed(),
        new Signal.EventRef(null, null),
        new Signal.About(item.path("id").asText(), null, null),
        null);
  }
}
