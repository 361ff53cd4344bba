package io.gatehouse.kill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many answers of each status came within which time. */
final class AnswerTimes {

  /** The status of a call whose connection was refused or cut. */
  static final String NONE = "none";

  private static final List<Duration> BOUNDS =
      List.of(
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12),
          Duration.ofSeconds(16));

  private final Map<String, int[]> counts = new TreeMap<>();
  private Duration longest = Duration.ZERO;

  synchronized void add(String status, Duration time) {
    counts.computeIfAbsent(status, it -> new int[BOUNDS.size() + 1])[bucket(time)]++;
    longest = longest.compareTo(time) > 0 ? longest : time;
  }

  private static int bucket(Duration time) {
    return (int) BOUNDS.stream().filter(it -> time.compareTo(it) > 0).count();
  }

  synchronized Duration longest() {
    return longest;
  }

  @Override
  public synchronized String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-6s %9s %9s %9s %9s %9s %9s"
            .formatted("", "0.1 s", "1 s", "5 s", "12 s", "16 s", "more"));
    counts.forEach(
        (status, of) -> {
          StringBuilder line = new StringBuilder("%-6s".formatted(status));
          for (int count : of) {
            line.append(" %9d".formatted(count));
          }
          lines.add(line.toString());
        });
    return String.join("\n", lines);
  }
}
