package io.gatehouse.feedapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.gatehouse.admin.api.EventTypes;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.delivery.EventTypeFilter;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.feed.EventFeed;
import io.gatehouse.delivery.feed.FeedNotifier;
import io.gatehouse.scim.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /events}: the feed for subscribers without a broker client. */
@RestController
@RequestMapping("/events")
final class EventsController {

  private static final String HOLDER = "io.gatehouse.delivery.Subscription";
  private static final int MAX_EVENTS = 500;
  private static final int MAX_WAIT = 30;

  private final EventFeed eventFeed;
  private final FeedNotifier bell;

  EventsController(EventFeed eventFeed, FeedNotifier bell) {
    this.eventFeed = eventFeed;
    this.bell = bell;
  }

  /** Ends waiting calls, which would delay the shutdown of the gateway. */
  @EventListener(ContextClosedEvent.class)
  void stop() {
    bell.close();
  }

  /** Events of the tenant and profile of the credential only. */
  @GetMapping
  ResponseEntity<byte[]> events(
      @RequestAttribute(HOLDER) Subscription subscription,
      @RequestParam long after,
      @RequestParam(defaultValue = "") List<String> types,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "0") int wait) {
    require(after >= 0, "'after' is the 'next' of the answer before, or 0.");
    require(limit >= 1 && limit <= MAX_EVENTS, "'limit' is 1 to " + MAX_EVENTS + ".");
    require(wait >= 0 && wait <= MAX_WAIT, "'wait' is 0 to " + MAX_WAIT + " seconds.");
    EventTypeFilter wanted = EventTypes.require(types);
    EventFeed.Answer answer =
        eventFeed.read(
            subscription, new EventFeed.Request(after, wanted, limit, Duration.ofSeconds(wait)));
    if (answer instanceof EventFeed.Answer.Events events) {
      return json(body(events.bodies()).put("next", events.next()).put("more", events.more()));
    }
    throw answer instanceof EventFeed.Answer.Busy
        ? ProblemException.tooMany("Too many calls are waiting; ask again, or without 'wait'.")
        : ProblemException.gone(
            "The log does not have all events after "
                + after
                + " any more; start again with GET /events/snapshot.");
  }

  /** The present state, page by page; the last page has the sequence after which to continue. */
  @GetMapping("/snapshot")
  ResponseEntity<byte[]> snapshot(
      @RequestAttribute(HOLDER) Subscription subscription, @RequestParam @Nullable String cursor) {
    EventFeed.Snapshot page =
        eventFeed.snapshot(subscription, Optional.ofNullable(cursor).map(SnapshotCursor::read));
    ObjectNode body = body(page.bodies());
    page.next()
        .ifPresentOrElse(
            next -> body.put("cursor", SnapshotCursor.write(next)),
            () -> body.put("next", page.place().asOf()));
    return json(body);
  }

  /**
   * HEAD is refused, because Spring would handle it like GET, and wait for events only to drop
   * them.
   */
  @RequestMapping(
      path = {"", "/snapshot"},
      method = {
        RequestMethod.HEAD,
        RequestMethod.OPTIONS,
        RequestMethod.POST,
        RequestMethod.PUT,
        RequestMethod.PATCH,
        RequestMethod.DELETE
      })
  void nothingElse(HttpMethod method) throws HttpRequestMethodNotSupportedException {
    throw new HttpRequestMethodNotSupportedException(method.name(), List.of("GET"));
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw ProblemException.badRequest(otherwise);
    }
  }

  private static ObjectNode body(List<String> events) {
    ObjectNode body = Json.object();
    var list = body.putArray("events");
    events.forEach(it -> list.addRawValue(new RawValue(it)));
    return body;
  }

  private static ResponseEntity<byte[]> json(ObjectNode body) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(Json.text(body).getBytes(StandardCharsets.UTF_8));
  }
}
