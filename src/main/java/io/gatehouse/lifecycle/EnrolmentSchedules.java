package io.gatehouse.lifecycle;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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

  /** The tenants whose schedule is due, the one that has waited longest first. */
  List<UUID> due();

  /**
   * The schedule of a tenant, locked until the transaction ends; empty when it is not due any more,
   * or when another instance of the gateway has locked it.
   */
  Optional<Run> lock(UUID tenant);
}
