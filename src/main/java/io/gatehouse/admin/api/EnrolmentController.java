package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.command.Caller;
import io.gatehouse.edge.Catalogues;
import io.gatehouse.edge.Connections.Tenant;
import io.gatehouse.edge.TenantSettings;
import io.gatehouse.lifecycle.Enrolment;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.EnrolmentSchedules.Schedule;
import io.gatehouse.lifecycle.Timetable;
import io.gatehouse.scim.Condition;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants/{slug}/enrol} and {@code /enrolment-schedule}. */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}")
final class EnrolmentController {

  private final Tenants tenants;
  private final Catalogues catalogues;
  private final Enrolment enrolment;
  private final EnrolmentSchedules schedules;
  private final Timetable timetable;
  private final AuditLog audit;

  EnrolmentController(
      Tenants tenants,
      Catalogues catalogues,
      Enrolment enrolment,
      EnrolmentSchedules schedules,
      Timetable timetable,
      AuditLog audit) {
    this.tenants = tenants;
    this.catalogues = catalogues;
    this.enrolment = enrolment;
    this.schedules = schedules;
    this.timetable = timetable;
    this.audit = audit;
  }

  /** Whom to enrol: a SCIM filter over users, or none for all who were provisioned. */
  record Wanted(@Nullable String filter) {}

  record Ordered(int ordered) {}

  record NewSchedule(@Nullable String cron) {}

  /**
   * A schedule.
   *
   * @param timeZone the tenant's, which is one of its settings
   */
  record ScheduleView(String cron, String timeZone, Instant next) {
    static ScheduleView of(Schedule it) {
      return new ScheduleView(it.cron(), it.zone().getId(), it.next());
    }
  }

  @PostMapping("/enrol")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Ordered enrol(@PathVariable String slug, @RequestBody(required = false) @Nullable Wanted wanted) {
    Tenant tenant = tenants.known(slug);
    String text = wanted == null ? null : wanted.filter();
    Condition filter =
        text == null
            ? null
            : Condition.parse(catalogues.of(tenant.id()).definition(ResourceType.USER), text);
    return new Ordered(enrolment.all(Caller.admin(tenant.id(), slug), filter));
  }

  @PutMapping("/enrolment-schedule")
  ScheduleView set(@PathVariable String slug, @RequestBody NewSchedule wanted) {
    Tenant tenant = tenants.known(slug);
    String cron = wanted.cron() == null ? "" : wanted.cron().strip();
    schedules.set(tenant.id(), cron, next(cron, TenantSettings.zone(tenant.settings())));
    audit.append(new AuditLog.Act(tenant.id(), null, "enrolment-schedule.set"));
    return schedule(slug);
  }

  private Instant next(String cron, ZoneId zone) {
    try {
      return timetable.next(cron, zone, schedules.now());
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @GetMapping("/enrolment-schedule")
  ScheduleView schedule(@PathVariable String slug) {
    return schedules
        .of(tenants.known(slug).id())
        .map(ScheduleView::of)
        .orElseThrow(EnrolmentController::none);
  }

  @DeleteMapping("/enrolment-schedule")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String slug) {
    Tenant tenant = tenants.known(slug);
    if (!schedules.remove(tenant.id())) {
      throw none();
    }
    audit.append(new AuditLog.Act(tenant.id(), null, "enrolment-schedule.remove"));
  }

  private static Problem none() {
    return Problem.notFound("The tenant has no enrolment schedule.");
  }
}
