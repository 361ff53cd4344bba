package io.gatehouse.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule is due, in the time zone of the tenant. */
class SpringCronScheduleTest {

  private final SpringCronSchedule timetable = new SpringCronSchedule();

  @ParameterizedTest
  @CsvSource({
    "0 9 * * MON, Europe/Berlin, 2026-11-24T10:00:00Z, 2026-11-30T08:00:00Z",
    "0 9 * * MON, Asia/Tokyo, 2026-11-24T10:00:00Z, 2026-11-30T00:00:00Z",
    "0 9 * * 1, UTC, 2026-11-30T09:00:00Z, 2026-12-07T09:00:00Z",
    "*/15 8-17 * * MON-FRI, UTC, 2026-11-27T17:50:00Z, 2026-11-30T08:00:00Z",
    "0 0 29 2 *, UTC, 2026-11-24T10:00:00Z, 2028-02-29T00:00:00Z"
  })
  void countsFromAMomentInAZone(String cron, String zone, String after, String next) {
    assertThat(timetable.next(cron, ZoneId.of(zone), Instant.parse(after)))
        .isEqualTo(Instant.parse(next));
  }

  @Test
  void keepsTheHourOfTheDayWhenTheClocksChange() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant before = timetable.next("0 9 * * *", berlin, Instant.parse("2027-03-26T12:00:00Z"));
    Instant after = timetable.next("0 9 * * *", berlin, before);

    assertThat(before).isEqualTo(Instant.parse("2027-03-27T08:00:00Z"));
    assertThat(after).isEqualTo(Instant.parse("2027-03-28T07:00:00Z"));
  }

  @Test
  void makesUpForAnHourThatTheClocksLeaveOut() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");

    assertThat(timetable.next("30 2 * * *", berlin, Instant.parse("2027-03-27T12:00:00Z")))
        .isBetween(Instant.parse("2027-03-28T01:00:00Z"), Instant.parse("2027-03-28T02:00:00Z"));
  }

  @Test
  void runsOnceInAnHourThatComesTwice() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant first = timetable.next("30 2 * * *", berlin, Instant.parse("2027-10-30T12:00:00Z"));

    assertThat(first.toString()).startsWith("2027-10-31");
    assertThat(timetable.next("30 2 * * *", berlin, first).toString()).startsWith("2027-11-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 9 * *", "0 0 9 * * MON", "0 9 * * FUNDAY", "0 9 31 2 *"})
  void refusesWhatIsNoTime(String cron) {
    assertThatThrownBy(() -> timetable.next(cron, ZoneId.of("UTC"), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
