package io.gatehouse.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.faults.Findings.Count;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL is killed, and a gateway is halted where two effects are apart; {@code RecoveryFaults}
 * goes on longer.
 */
class FaultsTest {

  @Test
  void losesDoublesAndInvertsNothing() throws Exception {
    Layout layout = EmbeddedLayout.start(SeededBug.NONE, 5, List.of());
    try (FaultRun run = FaultRun.of(layout, Duration.ofMinutes(1), Duration.ZERO)) {
      Findings findings =
          run.round(
              List.of(Fault.kill(Part.DATABASE), Fault.halt(HaltPoint.APPLY_AFTER_COMMIT, 3)), 60);
      assertThat(findings.areClean()).as(findings.examples()).isTrue();
      assertThat(findings.of(Count.HISTORIES)).isGreaterThan(6);
      assertThat(findings.of(Count.EVENTS)).isGreaterThan(100);
    }
  }
}
