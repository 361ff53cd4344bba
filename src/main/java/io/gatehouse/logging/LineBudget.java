package io.gatehouse.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines the log may have: a burst, and afterwards so many a second. The last lines of the
 * budget are kept for those who have said nothing for a while, so that nobody is drowned out by one
 * who repeats itself.
 */
final class LineBudget {

  static final int BURST = 300;
  static final int PER_SECOND = 10;
  private static final int RESERVE = 50;
  private static final long QUIET = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_NAMES = 1_000;
  private static final double NANOS = 1e9;

  private final LongSupplier nanos;
  private final Map<String, Long> heard = new HashMap<>();
  private double left = BURST;
  private long at;

  /**
   * A full budget.
   *
   * @param nanos a clock that is never set back, as {@link System#nanoTime}
   */
  LineBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.at = nanos.getAsLong();
  }

  /** Takes the lines if they are there. */
  boolean take(String name, int lines) {
    long now = nanos.getAsLong();
    left = Math.min(BURST, left + (now - at) / NANOS * PER_SECOND);
    at = now;
    Long last = heard.get(name);
    int kept = last == null || now - last > QUIET ? 0 : RESERVE;
    if (left - lines < kept) {
      return false;
    }
    left -= lines;
    if (heard.size() >= MAX_NAMES) {
      heard.clear();
    }
    heard.put(name, now);
    return true;
  }
}
