package io.gatehouse.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What processes use, as the operating system accounts for it: user and system, all threads. */
record Usage(List<ProcessHandle> processes) {

  private static final Duration QUIET = Duration.ofMillis(100);
  private static final int PATIENCE = 30;

  /** CPU seconds since the start of each process, with the processes that it has started. */
  List<Double> cpu() {
    return processes.stream().map(Usage::seconds).toList();
  }

  private static double seconds(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(it -> it.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
            .sum()
        / 1e3;
  }

  /** Waits until what the last load left behind is done, for three seconds at most. */
  void settle() {
    double before = total();
    for (int i = 0; i < PATIENCE; i++) {
      LockSupport.parkNanos(QUIET.toNanos());
      double now = total();
      if (now - before < 0.02) {
        return;
      }
      before = now;
    }
  }

  private double total() {
    return cpu().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Resident memory, in megabytes. */
  static long rss(ProcessHandle process) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process.pid())).start();
    String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Long.parseLong(kilobytes.strip()) / 1024;
  }
}
