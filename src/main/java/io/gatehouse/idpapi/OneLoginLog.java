package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.Json;
import io.gatehouse.webhook.OneLoginEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads OneLogin's Events API by the time of events, with an overlap for late ones: the inbox drops
 * repeated events. It does not recognise those of webhooks, which have other ids.
 */
final class OneLoginLog {

  /** How far back the first poll reads. */
  private static final Duration BEGINNING = Duration.ofHours(1);

  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private static final String QUERY =
      "/api/1/events?sort=+id&limit=50&event_type_id="
          + OneLoginEvents.types().stream()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(","))
          + "&since=";

  private final ApiClient api;
  private final Clock clock;

  OneLoginLog(ApiClient api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Reads the next page. The last page sets the start time of the next poll. */
  PollResult poll(@Nullable String watermark) {
    ObjectNode known = watermark == null ? Json.object() : Json.stored(watermark);
    String since = text(known, "since", clock.instant().minus(BEGINNING).toString());
    String latest = text(known, "latest", since);
    JsonNode page = page(since, Json.text(known, "cursor"));
    List<Signal> signals = new ArrayList<>();
    for (JsonNode event : page.path("data")) {
      signals.addAll(OneLoginEvents.read(event));
      latest = later(latest, new ProfileValues(event).time("created_at"));
    }
    String next = page.path("pagination").path("after_cursor").asText("");
    ObjectNode place =
        next.isEmpty()
            ? Json.object().put("since", latest)
            : Json.object().put("since", since).put("latest", latest).put("cursor", next);
    return new PollResult(signals, Json.text(place), !next.isEmpty());
  }

  private static String text(ObjectNode known, String member, String otherwise) {
    return known.path(member).asText(otherwise);
  }

  /** Reads a page; from the start time again when OneLogin refuses the cursor. */
  private JsonNode page(String since, @Nullable String cursor) {
    String first = QUERY + ApiRequest.encoded(since);
    if (cursor != null) {
      ApiResponse response =
          api.send("GET", first + "&after_cursor=" + ApiRequest.encoded(cursor), null);
      if (response.isOk()) {
        return response.json();
      }
    }
    return api.get(first).json();
  }

  private static String later(String latest, @Nullable Instant event) {
    if (event == null) {
      return latest;
    }
    Instant begin = event.minus(OVERLAP);
    return begin.isAfter(Instant.parse(latest)) ? begin.toString() : latest;
  }
}
