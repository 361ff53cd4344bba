package io.gatehouse.delivery.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Those who wait for events: so many that others always find a thread, and few of one subscriber,
 * so that nobody takes the places of the others.
 */
public final class LongPollSlots {

  private static final int PER_SUBSCRIBER = 5;

  private final int limit;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  public LongPollSlots(int limit) {
    this.limit = limit;
  }

  /** A place, given back when closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place; empty when there is none. */
  synchronized Optional<Place> take(String subscriber) {
    if (total >= limit || taken.getOrDefault(subscriber, 0) >= PER_SUBSCRIBER) {
      return Optional.empty();
    }
    total++;
    taken.merge(subscriber, 1, Integer::sum);
    return Optional.of(() -> leave(subscriber));
  }

  private synchronized void leave(String subscriber) {
    total--;
    taken.computeIfPresent(subscriber, (it, count) -> count == 1 ? null : count - 1);
  }
}
