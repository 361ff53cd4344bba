package io.gatehouse.logging;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines the log may have: a burst, then a number per second. The last lines of the budget
 * are reserved for loggers that were silent for ten seconds, so that one noisy logger does not
 * suppress the others.
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
   * Creates a full budget.
   *
   * @param nanos a monotonic clock, such as {@link System#nanoTime}
   */
  LineBudget(LongSupplier nanos) {
    this.nanos = nanos;
    this.at = nanos.getAsLong();
  }

  /** Takes the lines of a logger from the budget; false when they are not available. */
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
