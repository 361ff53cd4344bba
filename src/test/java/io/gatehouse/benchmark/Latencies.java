package io.gatehouse.benchmark;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Durations that were measured, sorted when somebody asks. */
final class Latencies {

  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  void add(long duration) {
    nanos.add(duration);
  }

  int count() {
    return nanos.size();
  }

  /** The milliseconds within which this share of them was over. */
  double millis(double share) {
    return at(sorted(), share);
  }

  @Override
  public String toString() {
    long[] sorted = sorted();
    return "p50 %6.1f  p90 %6.1f  p99 %6.1f  max %6.1f ms"
        .formatted(at(sorted, 0.50), at(sorted, 0.90), at(sorted, 0.99), at(sorted, 1.0));
  }

  private long[] sorted() {
    return nanos.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private static double at(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, index)] / 1e6;
  }
}
