package io.gatehouse.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The faults that have happened, by target and layout, and how long it took to recover. */
final class KillCounts {

  private final Map<String, Map<String, Integer>> numbers = new TreeMap<>();
  private final Map<String, List<Long>> recoveries = new HashMap<>();
  private int kills;

  synchronized void add(Layout layout, Fault fault, Optional<Long> recoveryMillis) {
    numbers
        .computeIfAbsent(fault.target(), it -> new TreeMap<>())
        .merge(layout.name(), 1, Integer::sum);
    recoveryMillis.ifPresent(
        it -> recoveries.computeIfAbsent(fault.target(), key -> new ArrayList<>()).add(it));
    kills += fault.kills();
    System.out.printf(
        "FAULTS   %d %s %s %s%n",
        kills, layout.name(), fault.target(), recoveryMillis.map(it -> it + " ms").orElse(""));
  }

  synchronized int kills() {
    return kills;
  }

  /** A line for each target. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder("FAULTS embedded external  p50 ms  max ms  target\n");
    numbers.forEach(
        (target, layouts) -> {
          List<Long> times = recoveries.getOrDefault(target, List.of()).stream().sorted().toList();
          text.append(
              "FAULTS %8d %8d %7s %7s  %s%n"
                  .formatted(
                      layouts.getOrDefault("embedded", 0),
                      layouts.getOrDefault("external", 0),
                      times.isEmpty() ? "" : times.get(times.size() / 2),
                      times.isEmpty() ? "" : times.get(times.size() - 1),
                      target));
        });
    return text.toString();
  }
}
