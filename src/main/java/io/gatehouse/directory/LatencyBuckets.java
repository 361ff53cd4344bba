package io.gatehouse.directory;

import java.util.List;

/**
 * Latencies as counts of buckets, so that those of several minutes and instances can be added. Each
 * bucket ends a fifth above the one before; the first ends at one millisecond, the last has no end.
 */
public final class LatencyBuckets {

  /** The last one begins at some four hours. */
  static final int COUNT = 96;

  private static final int PER_OCTAVE = 4;
  private static final int PERCENT = 100;

  private LatencyBuckets() {}

  static int of(long millis) {
    if (millis <= 1) {
      return 0;
    }
    double octaves = Math.log((double) millis) / Math.log(2);
    return Math.min(COUNT - 1, (int) Math.ceil(octaves * PER_OCTAVE));
  }

  /**
   * The latency that a part of the cases did not exceed.
   *
   * @param counts of the buckets; missing ones are empty
   * @return milliseconds, exact to a fifth; zero without cases
   */
  public static long percentile(List<Long> counts, int percent) {
    long total = counts.stream().mapToLong(Long::longValue).sum();
    long wanted = (total * percent + PERCENT - 1) / PERCENT;
    long seen = 0;
    for (int bucket = 0; bucket < counts.size() && total > 0; bucket++) {
      seen += counts.get(bucket);
      if (seen >= wanted) {
        return Math.round(Math.pow(2, (double) bucket / PER_OCTAVE));
      }
    }
    return 0;
  }
}
