package io.gatehouse.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A key that has failed too often waits for a minute, whatever the clock does. */
class FailureCountsTest {

  private static final Instant NOW = Instant.parse("2026-11-03T09:15:00Z");

  private final FailureCounts unit = new FailureCounts(2);

  @Test
  void waitsForAMinute() {
    unit.failed("a", NOW);
    unit.failed("a", NOW);

    assertThat(unit.mustWait("a", NOW.plusSeconds(59))).hasValue(2);
    assertThat(unit.mustWait("a", NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void countsTogetherWhatHasReadTheClockInAnotherOrder() {
    unit.failed("a", NOW);
    unit.failed("a", NOW.minusMillis(5));

    assertThat(unit.mustWait("a", NOW)).isPresent();
  }

  @Test
  void doesNotWaitForAnHourWhenTheClockIsSetBackByOne() {
    unit.failed("a", NOW);
    unit.failed("a", NOW);
    Instant back = NOW.minus(Duration.ofHours(1));

    assertThat(unit.mustWait("a", back)).isEmpty();
    assertThat(unit.failed("a", back)).isFalse();
    assertThat(unit.failed("a", back)).isTrue();
  }
}
