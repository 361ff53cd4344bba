package io.gatehouse.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers for a moment that something is away, so that not everybody waits to find that out. */
public final class OutageMemory {

  private static final long NONE = 0;
  private static final long ORIGIN = System.nanoTime();

  private final long moment;
  private final AtomicLong until = new AtomicLong(NONE);

  /**
   * No outage yet.
   *
   * @param moment zero never remembers
   */
  public OutageMemory(Duration moment) {
    this.moment = moment.toNanos();
  }

  /** Whether the caller should not even try. */
  boolean lasts() {
    return now() < until.get();
  }

  /**
   * The same for all but one, who tries when the moment is over; the others go on without until
   * that one has succeeded.
   */
  public boolean lastsForMost() {
    long end = until.get();
    long now = now();
    return end != NONE && (now < end || !until.compareAndSet(end, now + moment));
  }

  public void begin() {
    if (moment > 0) {
      until.set(now() + moment);
    }
  }

  public void end() {
    until.set(NONE);
  }

  /** Never {@link #NONE}; the clock of the JVM may begin anywhere. */
  private static long now() {
    return Math.max(1, System.nanoTime() - ORIGIN);
  }
}
