package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks one rule of the gateway at a time. The scenario of each bug must find it, and find nothing
 * without it.
 */
class SeededBugFaults {

  private static final int ROUNDS = 8;
  private static final int CHANGES = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final String SHORT_WAIT = "-Dgatehouse.command.timeout=500ms";

  private static final AtomicInteger TRIED = new AtomicInteger();
  private static final AtomicInteger CAUGHT = new AtomicInteger();

  /** How each bug is provoked. */
  private static final Map<SeededBug, Scenario> SCENARIOS =
      Map.ofEntries(
          Map.entry(SeededBug.ACKNOWLEDGE_FIRST, halted(HaltPoint.APPLY_BEFORE_COMMIT)),
          Map.entry(SeededBug.CLAIM_SKIPPED, halted(HaltPoint.APPLY_AFTER_COMMIT)),
          Map.entry(SeededBug.RELAY_WITHOUT_LOCK, undisturbed(30)),
          Map.entry(SeededBug.RELAY_MARKS_FIRST, halted(HaltPoint.RELAY_AFTER_MARK)),
          Map.entry(SeededBug.RELAY_CURSOR, undisturbed(30)),
          Map.entry(SeededBug.COMMAND_EXPIRES, halted(HaltPoint.EDGE_AFTER_SEND)),
          Map.entry(SeededBug.ANSWER_BEFORE_COMMIT, undisturbed(30)),
          Map.entry(SeededBug.USER_UNLOCKED, undisturbed(30)),
          Map.entry(SeededBug.NO_REPLY_AS_SUCCESS, new Scenario(Fault.none(), 1_500, SHORT_WAIT)),
          Map.entry(
              SeededBug.ERASURE_IN_TWO, new Scenario(Fault.halt(HaltPoint.ERASURE_MID, 1), 30)),
          Map.entry(SeededBug.CHANGE_APART, halted(HaltPoint.APPLY_AFTER_SAVE)));

  /**
   * What provokes a bug.
   *
   * @param jitter the longest time that a commit is held back, in milliseconds
   * @param jvm options of the JVM
   */
  private record Scenario(Fault fault, int jitter, String... jvm) {
    FaultRun start(SeededBug bug) throws IOException {
      return SeededBugFaults.start(bug, jitter, PATIENCE, jvm);
    }
  }

  private static FaultRun start(SeededBug bug, int jitter, Duration patience, String... jvm)
      throws IOException {
    return FaultRun.of(EmbeddedLayout.start(bug, jitter, List.of(jvm)), patience, Duration.ZERO);
  }

  private static Scenario halted(HaltPoint point) {
    return new Scenario(Fault.halt(point, 10), 30);
  }

  private static Scenario undisturbed(int jitter) {
    return new Scenario(Fault.none(), jitter);
  }

  static Stream<SeededBug> bugs() {
    List<String> wanted = List.of(System.getProperty("bugs", "").split(","));
    return SCENARIOS.keySet().stream()
        .filter(it -> wanted.contains("") || wanted.contains(it.word()))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isCaught(SeededBug bug) throws Exception {
    TRIED.incrementAndGet();
    Scenario scenario = SCENARIOS.get(bug);
    Findings findings = new Findings();
    int rounds = 0;
    try (FaultRun run = scenario.start(bug)) {
      while (findings.areClean() && rounds++ < ROUNDS) {
        findings.add(run.round(List.of(scenario.fault()), CHANGES));
      }
    }
    System.out.printf(
        "FAULTS bug %s: %s in round %d %s%n",
        bug.word(), findings.areClean() ? "NOT CAUGHT" : "caught", rounds, findings.wrongs());
    CAUGHT.addAndGet(findings.areClean() ? 0 : 1);
    assertThat(findings.areClean()).as("%s", findings).isFalse();
  }

  @AfterAll
  static void report() {
    System.out.printf("FAULTS seeded bugs caught: %d of %d%n", CAUGHT.get(), TRIED.get());
  }

  /** The scenarios of all bugs, without any. */
  @Test
  void nothingIsFoundWithoutABug() throws Exception {
    List<Fault> faults = new ArrayList<>();
    for (Scenario each : SCENARIOS.values()) {
      if (each.jvm().length == 0) {
        faults.add(each.fault());
      }
    }
    try (FaultRun run = start(SeededBug.NONE, 30, PATIENCE.multipliedBy(5))) {
      Findings findings = run.round(faults, CHANGES);
      System.out.println("FAULTS without a bug: " + findings);
      assertThat(findings.areClean()).as(findings.examples()).isTrue();
    }
  }

  @Test
  void nothingIsFoundWithoutABugWhenAnswersAreLate() throws Exception {
    Scenario late = SCENARIOS.get(SeededBug.NO_REPLY_AS_SUCCESS);
    try (FaultRun run = late.start(SeededBug.NONE)) {
      Findings findings = run.round(List.of(late.fault()), CHANGES);
      System.out.println("FAULTS without a bug, late answers: " + findings);
      assertThat(findings.areClean()).as(findings.examples()).isTrue();
    }
  }
}
