package io.gatehouse.delivery.feed;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.EventTypeFilter;
import io.gatehouse.delivery.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The feed of events over HTTP, which subscribers poll. */
public final class EventFeed {

  /** Number of changes in one query. */
  private static final int READ = 500;

  /**
   * Interval of queries while a call waits, because another gateway may announce without waking
   * this one.
   */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final FeedLog feedLog;
  private final EventRenderer renderer;
  private final FeedNotifier bell;
  private final LongPollSlots room;

  public EventFeed(FeedLog feedLog, EventRenderer renderer, FeedNotifier bell, LongPollSlots room) {
    this.feedLog = feedLog;
    this.renderer = renderer;
    this.bell = bell;
    this.room = room;
  }

  /**
   * A request for events.
   *
   * @param after sequence of the last event that the subscriber has read
   * @param types in addition to the filter of the subscription
   * @param limit number of events; the events of one change are not separated
   * @param patience how long the call waits for events
   */
  public record Request(long after, EventTypeFilter types, int limit, Duration patience) {
    Request from(long place) {
      return new Request(place, types, limit, patience);
    }
  }

  /** The answer to a request. */
  public sealed interface Answer {

    /**
     * Events.
     *
     * @param bodies the same as on a queue
     * @param next the sequence for the next request, past events that the filter excludes
     * @param more whether more events are available at once
     */
    record Events(List<String> bodies, long next, boolean more) implements Answer {}

    /** The log no longer has every event after that sequence. */
    record Gone() implements Answer {}

    /** The limit of waiting calls is reached. */
    record Busy() implements Answer {}
  }

  /** The next events; when there are none, waits for them. */
  public Answer read(Subscription subscription, Request request) {
    Answer first = look(subscription, request);
    if (request.patience().isZero() || !isNothing(first)) {
      return first;
    }
    Optional<LongPollSlots.Place> place = room.take(subscription.queue());
    if (place.isEmpty()) {
      return new Answer.Busy();
    }
    try (LongPollSlots.Place taken = place.get()) {
      return await(subscription, request);
    }
  }

  private Answer await(Subscription subscription, Request request) {
    String tenant = subscription.tenantSlug();
    long end = System.nanoTime() + request.patience().toNanos();
    Request open = request;
    while (true) {
      long heard = bell.count(tenant);
      Answer answer = look(subscription, open);
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!isNothing(answer) || left.isNegative() || !bell.await(tenant, heard, atMost(left))) {
        return answer;
      }
      open = open.from(((Answer.Events) answer).next());
    }
  }

  private static Duration atMost(Duration left) {
    return left.compareTo(LOOK) < 0 ? left : LOOK;
  }

  private static boolean isNothing(Answer answer) {
    return answer instanceof Answer.Events events && events.bodies().isEmpty() && !events.more();
  }

  private Answer look(Subscription subscription, Request request) {
    FeedLog.Slice slice = feedLog.after(subscription, request.after(), READ);
    if (!slice.extent().isCompleteAfter(request.after())) {
      return new Answer.Gone();
    }
    List<String> bodies = new ArrayList<>();
    long next = request.after();
    for (var change : slice.changes()) {
      if (bodies.size() >= request.limit()) {
        return new Answer.Events(bodies, next, true);
      }
      renderer.of(subscription.profile(), change).stream()
          .filter(it -> subscription.wants(it.type()) && request.types().include(it.type()))
          .forEach(it -> bodies.add(it.body()));
      next = change.sequence();
    }
    boolean more = slice.changes().size() == READ;
    return new Answer.Events(bodies, more ? next : slice.extent().position(), more);
  }

  /** A page of the present state, for subscribers who start or are too far behind. */
  public record Snapshot(List<String> bodies, FeedLog.Place place, Optional<FeedLog.Place> next) {}

  /**
   * Reads a page of the present state.
   *
   * @param place empty for the first page
   */
  public Snapshot snapshot(Subscription subscription, Optional<FeedLog.Place> place) {
    FeedLog.Place from =
        place.orElseGet(() -> new FeedLog.Place(feedLog.extent().position(), false, null));
    FeedLog.Page page = feedLog.snapshot(subscription, from);
    List<String> bodies =
        page.changes().stream()
            .flatMap(change -> renderer.of(subscription.profile(), change).stream())
            .filter(it -> subscription.wants(it.type()))
            .map(CloudEvent::body)
            .toList();
    return new Snapshot(bodies, from, page.next());
  }
}
