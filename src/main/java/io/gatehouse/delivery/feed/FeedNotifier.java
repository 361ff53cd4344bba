package io.gatehouse.delivery.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tells those who wait for events of a tenant that this gateway has announced some. */
public final class FeedNotifier implements AutoCloseable {

  private final Map<String, Long> rung = new HashMap<>();
  private boolean closed;

  /** Wakes whoever waits for these tenants. */
  public synchronized void wake(Collection<String> tenants) {
    tenants.forEach(tenant -> rung.merge(tenant, 1L, Long::sum));
    notifyAll();
  }

  /** How often it has rung for a tenant, to be asked before looking for events. */
  synchronized long count(String tenant) {
    return rung.getOrDefault(tenant, 0L);
  }

  /**
   * Waits until it has rung more often than that, or for so long.
   *
   * @return false when there is nothing to wait for any more
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

  /** Lets nobody wait any more, because the gateway stops. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
