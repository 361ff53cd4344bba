package io.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.support.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Deadlines pass though the time of day is set back. */
class SteadyClockTest {

  private final SettableClock timeOfDay = new SettableClock();
  private final SteadyClock unit = new SteadyClock(timeOfDay);

  @Test
  void goesOnFromWhereItWasWhenTheTimeOfDayIsSetBack() {
    Instant start = unit.instant();
    timeOfDay.tick(Duration.ofSeconds(10));
    assertThat(unit.instant()).isEqualTo(start.plusSeconds(10));

    timeOfDay.tick(Duration.ofHours(-1));
    assertThat(unit.instant()).isEqualTo(start.plusSeconds(10));

    timeOfDay.tick(Duration.ofSeconds(5));
    assertThat(unit.instant()).isEqualTo(start.plusSeconds(15));
  }
}
