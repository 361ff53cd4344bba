package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.faults.Findings.Count;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gateway is halted twice where two effects are apart; {@code RecoveryFaults} goes on longer. */
class FaultsTest {

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    try (FaultRun run = FaultRun.start(SeededBug.NONE, 5, Duration.ofMinutes(1))) {
      Findings findings =
          run.round(
              List.of(
                  Fault.halt(HaltPoint.APPLY_AFTER_COMMIT, 3),
                  Fault.halt(HaltPoint.RELAY_AFTER_SEND, 2)),
              100);
      assertThat(findings.areClean()).as(findings.examples()).isTrue();
      assertThat(findings.of(Count.HISTORIES)).isGreaterThan(8);
      assertThat(findings.of(Count.EVENTS)).isGreaterThan(100);
    }
  }
}
