package io.gatehouse.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The schedules by which tenants enrol those who were provisioned. */
public interface EnrolmentSchedules {

  /**
   * A schedule that is due.
   *
   * @param now by the clock of the database
   */
  record Run(UUID tenant, String tenantSlug, String cron, ZoneId zone, Instant now) {}

  /** A schedule, and when it is due next. */
  record Schedule(String cron, ZoneId zone, Instant next) {}

  Optional<Schedule> of(UUID tenant);

  /** By the clock of the database, from which the next time is counted. */
  Instant now();

  void set(UUID tenant, String cron, Instant next);

  /** False when there was none. */
  boolean remove(UUID tenant);

  /**
   * Runs each schedule that is due, on this instance only, and keeps when it is due next.
   *
   * @param run returns the next time
   */
  void due(Function<Run, Instant> run);
}
