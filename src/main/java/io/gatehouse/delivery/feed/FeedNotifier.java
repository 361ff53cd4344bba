package io.gatehouse.delivery.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Wakes calls that wait for events of a tenant when this gateway has announced some. */
public final class FeedNotifier implements AutoCloseable {

  private final Map<String, Long> rung = new HashMap<>();
  private boolean closed;

  /** Wakes the calls that wait for these tenants. */
  public synchronized void wake(Collection<String> tenants) {
    tenants.forEach(tenant -> rung.merge(tenant, 1L, Long::sum));
    notifyAll();
  }

  /** Number of wake-ups of a tenant; a caller reads it before it queries the log. */
  synchronized long count(String tenant) {
    return rung.getOrDefault(tenant, 0L);
  }

  /**
   * Waits until the number of wake-ups differs from {@code heard}, or for the given time.
   *
   * @return false when the gateway stops
   */
  synchronized boolean await(String tenant, long heard, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      while (!closed && count(tenant) == heard && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all waits, because the gateway stops. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
