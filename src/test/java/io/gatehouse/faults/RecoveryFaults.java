package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw test -Pfaults -Dkills=1000}: clients write while gateways, the broker and
 * PostgreSQL are killed, at each halt point and at any time. Both layouts run at once.
 */
class RecoveryFaults {

  private static final int KILLS = Integer.getInteger("kills", 40);
  private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("minutes", 600));
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** So that clients of one layout leave CPU time for what recovers. */
  private static final Duration REST = Duration.ofMillis(60);

  private static final int JITTER_MILLIS = 5;
  private static final int CHANGES = 30;

  /** Faults between two checks. */
  private static final int TOGETHER = 8;

  /** Rounds in which something is wrong, after which there is no use in going on. */
  private static final int ENOUGH = 5;

  private static final int STORES_ALONE = 13;

  private final long start = System.nanoTime();
  private final KillCounts counts = new KillCounts();
  private final Findings all = new Findings();
  private int wrongRounds;

  private interface Start {
    Layout layout() throws Exception;
  }

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    List<String> gateway = ClassArchive.ofGateway();
    List<String> broker = ClassArchive.ofBroker();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> runs =
        List.of(
            threads.submit(
                () -> {
                  run(
                      () -> ExternalLayout.start(JITTER_MILLIS, gateway, broker),
                      RecoveryFaults::onlyExternal,
                      new Random(SEED));
                  return null;
                }),
            threads.submit(
                () -> {
                  run(
                      () ->
                          EmbeddedLayout.start(
                              SeededBug.NONE, JITTER_MILLIS, gateway.toArray(String[]::new)),
                      RecoveryFaults::onlyEmbedded,
                      new Random(~SEED));
                  return null;
                }));
    threads.shutdown();
    for (Future<?> each : runs) {
      each.get();
    }
    System.out.printf("FAULTS %d kills in %s, seed %d%n", counts.kills(), time(), SEED);
    assertThat(all.areClean()).as(all.examples()).isTrue();
  }

  private interface Special {
    List<Fault> faults();
  }

  private void run(Start layouts, Special special, Random random) throws Exception {
    Layout layout = layouts.layout();
    List<Fault> schedule = new ArrayList<>();
    try (FaultRun run = FaultRun.of(layout, PATIENCE, REST)) {
      while (goesOn()) {
        List<Fault> next = new ArrayList<>();
        while (next.size() < TOGETHER) {
          schedule = schedule.isEmpty() ? schedule(special.faults(), random) : schedule;
          next.add(schedule.remove(schedule.size() - 1));
        }
        add(run.round(next, CHANGES, (fault, time) -> counts.add(layout, fault, time)));
      }
    }
  }

  private synchronized boolean goesOn() {
    return counts.kills() < KILLS && wrongRounds < ENOUGH && time().compareTo(LONGEST) < 0;
  }

  private synchronized void add(Findings findings) {
    all.add(findings);
    if (!findings.areClean()) {
      wrongRounds++;
      System.out.printf("FAULTS WRONG %s%n%s%n", findings.wrongs(), findings.examples());
    }
    System.out.printf("%sFAULTS %d kills in %s: %s%n", counts, counts.kills(), time(), all);
  }

  private Duration time() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Each halt point once, what both layouts have, and what one has, in any order. */
  private static List<Fault> schedule(List<Fault> special, Random random) {
    List<Fault> faults = new ArrayList<>(special);
    for (HaltPoint each : HaltPoint.values()) {
      faults.add(Fault.halt(each, 1 + random.nextInt(each.isOfErasure() ? 2 : 15)));
    }
    faults.add(Fault.kill(Part.GATEWAY));
    faults.add(Fault.kill(Part.GATEWAY, Part.DATABASE));
    faults.add(Fault.cutAnswers());
    faults.add(Fault.freeze());
    Collections.shuffle(faults, random);
    return faults;
  }

  private static List<Fault> onlyEmbedded() {
    return Collections.nCopies(STORES_ALONE / 2, Fault.kill(Part.DATABASE));
  }

  private static List<Fault> onlyExternal() {
    List<Fault> faults = new ArrayList<>();
    faults.addAll(Collections.nCopies(STORES_ALONE, Fault.kill(Part.DATABASE)));
    faults.addAll(Collections.nCopies(STORES_ALONE, Fault.kill(Part.BROKER)));
    faults.add(Fault.kill(Part.BROKER, Part.DATABASE));
    faults.add(Fault.kill(Part.GATEWAY, Part.BROKER));
    faults.add(Fault.kill(Part.GATEWAY, Part.BROKER, Part.DATABASE));
    return faults;
  }
}
