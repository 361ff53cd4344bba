package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi.PollResult;
import io.gatehouse.inbox.Signal;
import io.gatehouse.scim.Json;
import io.gatehouse.webhook.OktaEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads Okta's System Log in the mode that Okta documents for exports: in ascending order, without
 * an end, along the links to the next page. This mode is ordered by the time at which Okta has
 * stored an event, so that a late event is not missed.
 */
final class OktaLog {

  /** How far back the first poll reads. */
  private static final Duration BEGINNING = Duration.ofHours(1);

  /** How much is read again when Okta refuses the stored link; the inbox drops repeated events. */
  private static final Duration OVERLAP = Duration.ofMinutes(10);

  private static final int PAGE = 1000;

  /**
   * The stored event types: a link contains the types of its query, and a later release may need
   * more.
   */
  private static final String TYPES = "types";

  private static final String FILTER =
      OktaEvents.types().stream()
          .sorted()
          .map(it -> "eventType eq \"" + it + "\"")
          .collect(Collectors.joining(" or "));

  private final ApiClient api;
  private final Clock clock;

  OktaLog(ApiClient api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Reads the next page. */
  PollResult poll(@Nullable String watermark) {
    ObjectNode known = watermark == null ? Json.object() : Json.stored(watermark);
    String since = Json.text(known, "since");
    String begin = since == null ? clock.instant().minus(BEGINNING).toString() : since;
    String next = Json.text(known, "next");
    boolean same = known.path(TYPES).asInt() == FILTER.hashCode();
    ApiResponse response = same ? continued(next, begin) : api.get(from(begin));
    List<Signal> signals = new ArrayList<>();
    response.json().forEach(it -> signals.addAll(OktaEvents.read(it)));
    ObjectNode news =
        Json.object().put("since", last(response.json(), begin)).put(TYPES, FILTER.hashCode());
    response.next().ifPresent(it -> news.put("next", it));
    return new PollResult(signals, Json.text(news), !response.json().isEmpty());
  }

  private ApiResponse continued(@Nullable String next, String since) {
    if (next != null && api.isHere(next)) {
      ApiResponse response = api.send("GET", next, null);
      if (response.isOk()) {
        return response;
      }
    }
    return api.get(from(since));
  }

  private static String from(String since) {
    return "/api/v1/logs?sortOrder=ASCENDING&limit="
        + PAGE
        + "&since="
        + ApiRequest.encoded(since)
        + "&filter="
        + ApiRequest.encoded(FILTER);
  }

  private static String last(JsonNode events, String otherwise) {
    Instant last = new ProfileValues(events.path(events.size() - 1)).time("published");
    return last == null ? otherwise : last.minus(OVERLAP).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
