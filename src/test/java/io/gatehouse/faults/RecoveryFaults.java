package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Pfaults -Dkills=1000}: clients write while the gateway and PostgreSQL are
 * killed, at each halt point and at any time.
 */
class RecoveryFaults {

  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("minutes", 600));
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int CHANGES = 30;

  /** Faults between two checks. */
  private static final int TOGETHER = 6;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> struck = new TreeMap<>();
  private final Findings all = new Findings();
  private int kills;

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    List<Fault> schedule = schedule();
    final long start = System.nanoTime();
    List<Long> recoveries;
    try (FaultRun run =
        FaultRun.start(SeededBug.NONE, 5, Duration.ofMinutes(2), ClassArchive.options())) {
      while (kills < KILLS && all.areClean() && since(start).compareTo(LONGEST) < 0) {
        List<Fault> next = new ArrayList<>();
        while (next.size() < TOGETHER && !schedule.isEmpty()) {
          next.add(schedule.remove(schedule.size() - 1));
        }
        all.add(run.round(next, CHANGES));
        next.forEach(this::count);
        schedule = schedule.isEmpty() ? schedule() : schedule;
        System.out.printf("FAULTS %d kills: %s%n", kills, all);
      }
      recoveries = run.recoveries().stream().sorted().toList();
    }
    report(recoveries, since(start));
    assertThat(all.areClean()).as(all.examples()).isTrue();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Each halt point and each other fault once, in any order. */
  private List<Fault> schedule() {
    List<Fault> faults = new ArrayList<>();
    for (HaltPoint each : HaltPoint.values()) {
      faults.add(Fault.halt(each, 1 + random.nextInt(each.word().startsWith("erasure") ? 2 : 20)));
    }
    faults.addAll(
        List.of(
            Fault.kill(),
            Fault.kill(),
            Fault.killAll(),
            Fault.killDatabase(),
            Fault.cutAnswers(),
            Fault.freeze()));
    Collections.shuffle(faults, random);
    return faults;
  }

  private void count(Fault fault) {
    struck.merge(fault.target(), 1, Integer::sum);
    kills += fault.kills() ? 1 : 0;
  }

  private void report(List<Long> recoveries, Duration time) {
    System.out.printf("FAULTS %d kills in %s, seed %d%n", kills, time, SEED);
    struck.forEach((target, times) -> System.out.printf("FAULTS %4d %s%n", times, target));
    System.out.println("FAULTS " + all);
    if (!recoveries.isEmpty()) {
      System.out.printf(
          "FAULTS recovery p50 %d ms, max %d ms%n",
          recoveries.get(recoveries.size() / 2), recoveries.get(recoveries.size() - 1));
    }
  }
}
