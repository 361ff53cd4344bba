package io.gatehouse.camel;

import io.gatehouse.lifecycle.Timetable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/** Cron expressions with five fields, as crontab(5) has them. */
@Component
final class CronTimetable implements Timetable {

  private static final int FIELDS = 5;

  @Override
  public Instant next(String cron, ZoneId zone, Instant after) {
    if (cron.strip().split("\\s+").length != FIELDS) {
      throw new IllegalArgumentException(
          "A cron expression has five fields, for example 0 9 * * MON.");
    }
    @Nullable ZonedDateTime next =
        CronExpression.parse("0 " + cron.strip()).next(after.atZone(zone));
    if (next == null) {
      throw new IllegalArgumentException("The time of this cron expression never comes.");
    }
    return next.toInstant();
  }
}
