package io.gatehouse.delivery.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Limits the calls that wait for events: in total, so that other calls always find a thread, and
 * per subscriber, so that one cannot take all places.
 */
public final class LongPollSlots {

  private static final int PER_SUBSCRIBER = 5;

  private final int limit;
  private final Map<String, Integer> taken = new HashMap<>();
  private int total;

  public LongPollSlots(int limit) {
    this.limit = limit;
  }

  /** A place, released when closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** Takes a place; empty when none is free. */
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
