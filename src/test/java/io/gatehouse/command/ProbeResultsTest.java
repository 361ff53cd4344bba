package io.gatehouse.command;

import static io.gatehouse.command.ProbeResults.Part.BROKER;
import static io.gatehouse.command.ProbeResults.Part.COMMANDS;
import static io.gatehouse.command.ProbeResults.Part.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readiness, from what became of the last probes; one round every two seconds. */
class ProbeResultsTest {

  private static final Instant NOW = Instant.parse("2026-11-03T09:15:00Z");

  private final AtomicLong nanos = new AtomicLong(-7);
  private final ProbeResults unit = new ProbeResults(nanos::get);

  @BeforeEach
  void ready() {
    assertThat(unit.down()).as("before anything is known").isNotEmpty();
    round(true, true, true);
    assertThat(unit.down()).isEmpty();
  }

  @Test
  void staysReadyWhenOneProbeIsLate() {
    round(false, true, true);
    round(true, false, true);

    assertThat(unit.down()).isEmpty();
  }

  @Test
  void namesTheBrokerThatRefuses() {
    for (int i = 0; i < 4; i++) {
      round(false, true, false);
    }

    assertThat(unit.down()).containsExactly(BROKER);
  }

  @Test
  void namesTheBrokerThatDoesNotAnswer() {
    unit.begin(NOW);
    tick(7);
    database(true);

    assertThat(unit.down()).containsExactly(BROKER);
  }

  @Test
  void namesTheDatabase() {
    for (int i = 0; i < 4; i++) {
      round(true, false, false);
    }

    assertThat(unit.down()).containsExactly(DATABASE);
  }

  @Test
  void namesBoth() {
    for (int i = 0; i < 4; i++) {
      round(false, false, false);
    }

    assertThat(unit.down()).containsExactly(BROKER, DATABASE);
  }

  @Test
  void namesTheConsumersWhenTheOthersWork() {
    for (int i = 0; i < 4; i++) {
      round(true, true, false);
    }

    assertThat(unit.down()).containsExactly(COMMANDS);
  }

  @Test
  void isNotReadyWhileOneOfTwoConsumersIsStuck() {
    for (int i = 0; i < 8; i++) {
      round(true, true, i % 2 == 0);
    }

    assertThat(unit.down()).containsExactly(COMMANDS);
  }

  @Test
  void isReadyAgainWhenProbesComeBackAndTheLostOnesAreForgotten() {
    for (int i = 0; i < 4; i++) {
      round(true, false, false);
    }
    for (int i = 0; i < 11; i++) {
      round(true, true, true);
    }

    assertThat(unit.down()).isEmpty();
  }

  @Test
  void takesNoCommandOfOthersForAProbe() {
    tick(7);
    unit.applied(CommandId.next(NOW));

    assertThat(unit.down()).isNotEmpty();
  }

  private void round(boolean sent, boolean written, boolean applied) {
    tick(2);
    CommandId id = unit.begin(NOW);
    if (sent) {
      unit.sent();
    } else {
      unit.refused(id);
    }
    database(written);
    if (applied) {
      unit.applied(id);
    }
  }

  private void database(boolean written) {
    unit.asking();
    if (written) {
      unit.written();
    }
  }

  private void tick(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
