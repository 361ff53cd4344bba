package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Orders;
import io.gatehouse.scim.Condition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Orders the enrolment of many, when a schedule is due or an administrator asks for it. */
public final class Enrolment {

  private static final int PAGE = 500;

  private final EnrolmentSchedules schedules;
  private final Timetable timetable;
  private final Wards wards;
  private final Orders orders;

  public Enrolment(EnrolmentSchedules schedules, Timetable timetable, Wards wards, Orders orders) {
    this.schedules = schedules;
    this.timetable = timetable;
    this.wards = wards;
    this.orders = orders;
  }

  /** Runs what is due. A time that was missed is made up for once. */
  public void run() {
    schedules.due(this::run);
  }

  private Instant run(EnrolmentSchedules.Run run) {
    all(Caller.schedule(run.tenant(), run.tenantSlug()), null);
    return timetable.next(run.cron(), run.zone(), run.now());
  }

  /**
   * Orders the enrolment of all who match and are active and not enrolled.
   *
   * @param filter null for all whom a connection has provisioned
   * @return how many
   */
  public int all(Caller caller, @Nullable Condition filter) {
    int ordered = 0;
    List<Ward> page = List.of();
    do {
      UUID after = page.isEmpty() ? null : page.get(page.size() - 1).person();
      page = wards.unenrolled(caller.tenant(), filter, after, PAGE);
      page.forEach(it -> orders.send(caller, new Command.Govern(it.person(), Measure.ENROL)));
      ordered += page.size();
    } while (page.size() == PAGE);
    return ordered;
  }
}
