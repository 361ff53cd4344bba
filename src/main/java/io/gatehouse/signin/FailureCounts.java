package io.gatehouse.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Counts the failures of each key in a minute. The number of keys is bounded: the key with the
 * oldest failure is dropped first.
 */
final class FailureCounts {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_ENTRIES = 10_000;

  private final Map<String, Window> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  private final int limit;

  FailureCounts(int limit) {
    this.limit = limit;
  }

  private record Window(Instant end, int failures) {

    /** A window that ends much later than a minute from now is from before a set-back clock. */
    boolean isOpen(Instant now) {
      return end.isAfter(now) && end.isBefore(now.plus(WINDOW.multipliedBy(2)));
    }
  }

  int limit() {
    return limit;
  }

  /** Counts a failure; true when this failure reaches the limit. */
  synchronized boolean failed(String key, Instant now) {
    Window before = windows.get(key);
    Instant end = now.plus(WINDOW);
    int failures = 1;
    if (before != null && before.isOpen(now)) {
      failures = before.failures() + 1;
      end = failures == limit ? end : before.end();
    }
    windows.put(key, new Window(end, failures));
    return failures == limit;
  }

  /** The seconds until the next attempt of a key that has failed too often; else empty. */
  synchronized OptionalInt mustWait(String key, Instant now) {
    Window window = windows.get(key);
    if (window == null || window.failures() < limit || !window.isOpen(now)) {
      return OptionalInt.empty();
    }
    long millis = Duration.between(now, window.end()).toMillis();
    return OptionalInt.of((int) Math.min(WINDOW.toSeconds(), millis / 1_000 + 1));
  }
}
