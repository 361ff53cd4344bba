package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * {@code ./mvnw test -Pfaults -Dkills=1000}: clients write while gateways, the broker and
 * PostgreSQL are killed, at each halt point and at any time. Several layouts run at once.
 */
class RecoveryFaults {

  private static final int KILLS = Integer.getInteger("kills", 40);
  private static final Duration LONGEST = Duration.ofMinutes(Integer.getInteger("minutes", 600));
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final List<String> LAYOUTS =
      List.of(System.getProperty("layouts", "external,external,embedded").split(","));
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Most CPU time is to go to kills. */
  private static final Duration REST = Duration.ofMillis(Integer.getInteger("rest", 500));

  private static final int JITTER_MILLIS = 5;
  private static final int CHANGES = 10;

  /** Faults between two checks. */
  private static final int TOGETHER = 12;

  /** Rounds in which something is wrong, after which there is no use in going on. */
  private static final int ENOUGH = 5;

  /** Halt points of a cycle of faults. */
  private static final int HALTS = Integer.getInteger("halts", HaltPoint.values().length);

  /** Other parts than gateways are killed so often in a cycle of faults. */
  private static final int ALONE = 7;

  private static final int TWICE = 2;

  private final long start = System.nanoTime();
  private final KillCounts counts = new KillCounts();
  private final Findings all = new Findings();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Deque<HaltPoint> points = new ArrayDeque<>();
  private int wrongRounds;

  private interface Start {
    Layout layout() throws Exception;
  }

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.OFF);
    ClassArchive archives = ClassArchive.withJars();
    List<String> gateway = archives.ofGateway();
    gateway.add("-Dfaults.relay=300");
    List<String> broker = archives.ofBroker();
    Start external = () -> ExternalLayout.start(JITTER_MILLIS, gateway, broker);
    Start embedded = () -> EmbeddedLayout.start(SeededBug.NONE, JITTER_MILLIS, gateway);
    ExecutorService threads = Executors.newCachedThreadPool();
    for (int i = 0; i < LAYOUTS.size(); i++) {
      Random random = new Random(SEED + i);
      boolean isExternal = LAYOUTS.get(i).equals("external");
      threads.execute(() -> tryRun(isExternal ? external : embedded, random));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.DAYS)).isTrue();
    System.out.printf("FAULTS %d kills in %s, seed %d%n", counts.kills(), time(), SEED);
    assertThat(failures).isEmpty();
    assertThat(all.areClean()).as(all.examples()).isTrue();
  }

  /** A layout that does not come back ends its own run only. */
  private void tryRun(Start start, Random random) {
    try {
      run(start.layout(), random);
    } catch (Exception | AssertionError e) {
      e.printStackTrace(System.out);
      failures.add(e);
    }
  }

  private void run(Layout layout, Random random) throws Exception {
    List<Fault> schedule = new ArrayList<>();
    try (FaultRun run = FaultRun.of(layout, PATIENCE, REST)) {
      while (goesOn()) {
        List<Fault> next = new ArrayList<>();
        while (next.size() < TOGETHER) {
          schedule = schedule.isEmpty() ? schedule(layout, random) : schedule;
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

  /** The next halt point for any layout; all of them come equally often. */
  private synchronized HaltPoint nextPoint(Random random) {
    if (points.isEmpty()) {
      List<HaltPoint> all = new ArrayList<>(List.of(HaltPoint.values()));
      Collections.shuffle(all, random);
      points.addAll(all);
    }
    return points.remove();
  }

  /** Halt points, what both layouts have, and what one has, in any order. */
  private List<Fault> schedule(Layout layout, Random random) {
    List<Fault> faults =
        new ArrayList<>(layout instanceof ExternalLayout ? onlyExternal() : onlyEmbedded());
    for (int i = 0; i < HALTS; i++) {
      HaltPoint next = nextPoint(random);
      faults.add(Fault.halt(next, 1 + random.nextInt(next.isOfErasure() ? 2 : 15)));
    }
    faults.add(Fault.kill(Part.GATEWAY));
    faults.add(Fault.kill(Part.GATEWAY, Part.DATABASE));
    faults.add(Fault.cutAnswers());
    faults.add(Fault.freeze());
    Collections.shuffle(faults, random);
    return faults;
  }

  private static List<Fault> onlyEmbedded() {
    return Collections.nCopies(ALONE, Fault.kill(Part.DATABASE));
  }

  private static List<Fault> onlyExternal() {
    List<Fault> faults = new ArrayList<>();
    for (Part each : List.of(Part.BROKER, Part.DATABASE)) {
      faults.addAll(Collections.nCopies(ALONE, Fault.kill(each)));
      faults.addAll(Collections.nCopies(TWICE, Fault.killTwice(each)));
    }
    faults.add(Fault.kill(Part.BROKER, Part.DATABASE));
    faults.add(Fault.kill(Part.GATEWAY, Part.BROKER));
    faults.add(Fault.kill(Part.GATEWAY, Part.BROKER, Part.DATABASE));
    return faults;
  }
}
