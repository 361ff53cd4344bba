package io.gatehouse.wiring;

import io.gatehouse.lifecycle.CronSchedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;

/**
 * Cron expressions with five fields, as in crontab(5). They are evaluated in local time without
 * offset. With offsets, a run would be skipped when the clocks go forward, and repeated when they
 * go back.
 */
@Component
final class SpringCronSchedule implements CronSchedule {

  private static final int FIELDS = 5;

  @Override
  public Instant next(String cron, ZoneId zone, Instant after) {
    if (cron.strip().split("\\s+").length != FIELDS) {
      throw new IllegalArgumentException(
          "A cron expression has five fields, for example 0 9 * * MON.");
    }
    @Nullable LocalDateTime next =
        CronExpression.parse("0 " + cron.strip()).next(LocalDateTime.ofInstant(after, zone));
    if (next == null) {
      throw new IllegalArgumentException("The time of this cron expression never comes.");
    }
    Instant first = next.atZone(zone).toInstant();
    return first.isAfter(after) ? first : next.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }
}
