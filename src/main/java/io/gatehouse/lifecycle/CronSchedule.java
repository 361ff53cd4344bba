package io.gatehouse.lifecycle;

import java.time.Instant;
import java.time.ZoneId;

/** When a schedule is due. */
public interface CronSchedule {

  /**
   * The next time after a moment.
   *
   * @param cron minute, hour, day of the month, month and day of the week: {@code 0 9 * * MON}
   * @param zone whose clock it is about; an hour that a change of clocks leaves out is made up for
   * @throws IllegalArgumentException with a sentence, when it is no such expression or never comes
   */
  Instant next(String cron, ZoneId zone, Instant after);
}
