package io.gatehouse.lifecycle;

import java.time.Instant;
import java.time.ZoneId;

/** Computes when a schedule is due. */
public interface CronSchedule {

  /**
   * The next time after a moment.
   *
   * @param cron minute, hour, day of the month, month and day of the week: {@code 0 9 * * MON}
   * @param zone the time zone of the expression; a time that a clock change skips is made up for
   * @throws IllegalArgumentException with a sentence, when the expression is invalid or has no next
   *     time
   */
  Instant next(String cron, ZoneId zone, Instant after);
}
