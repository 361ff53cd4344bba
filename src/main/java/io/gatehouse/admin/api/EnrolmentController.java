package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.Caller;
import io.gatehouse.lifecycle.CronSchedule;
import io.gatehouse.lifecycle.Enrolment;
import io.gatehouse.lifecycle.EnrolmentJobs;
import io.gatehouse.lifecycle.EnrolmentJobs.Progress;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.EnrolmentSchedules.Schedule;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections.Tenant;
import io.gatehouse.tenant.TenantSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants/{slug}/enrol}, {@code /enrolments} and {@code /enrolment-schedule}. */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}")
public final class EnrolmentController {

  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentController.class);

  private static final int LATEST = 50;

  /** Times of a schedule that are shown. */
  private static final int RUNS = 5;

  private final TenantLookup tenantLookup;
  private final EnrolmentJobs jobs;
  private final Enrolment enrolment;
  private final EnrolmentSchedules schedules;
  private final CronSchedule cronSchedule;
  private final ActRecorder acts;
  private final PublicLinks publicLinks;

  EnrolmentController(
      TenantLookup tenantLookup,
      EnrolmentJobs jobs,
      Enrolment enrolment,
      EnrolmentSchedules schedules,
      CronSchedule cronSchedule,
      ActRecorder acts,
      PublicLinks publicLinks) {
    this.tenantLookup = tenantLookup;
    this.jobs = jobs;
    this.enrolment = enrolment;
    this.schedules = schedules;
    this.cronSchedule = cronSchedule;
    this.acts = acts;
    this.publicLinks = publicLinks;
  }

  /**
   * A SCIM filter that selects the users to enrol; when absent, all provisioned users are enrolled.
   */
  public record Wanted(@Nullable String filter) {}

  /**
   * The progress of an enrolment.
   *
   * @param refused number of users who were not enrolled, for example because they have left
   *     meanwhile
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record JobView(
      UUID id,
      String state,
      long total,
      long done,
      long refused,
      Instant startedAt,
      @Nullable Instant endedAt) {

    static JobView of(Progress it) {
      return new JobView(
          it.id(),
          it.state().word(),
          it.total(),
          it.done(),
          it.refused(),
          it.startedAt(),
          it.endedAt());
    }
  }

  public record JobsView(List<JobView> enrolments) {}

  public record NewSchedule(@Nullable String cron) {}

  /**
   * A schedule.
   *
   * @param timeZone a setting of the tenant
   * @param nextRuns the next five times, fewer when there are no more
   */
  public record ScheduleView(String cron, String timeZone, Instant next, List<Instant> nextRuns) {}

  /** Starts a job; the Location header of the answer is the URL of its progress. */
  @Requires(Role.OPERATOR)
  @PostMapping("/enrol")
  public ResponseEntity<JobView> enrol(
      @PathVariable String slug, @RequestBody(required = false) @Nullable Wanted wanted) {
    Tenant tenant = tenantLookup.known(slug);
    UUID id =
        enrolment
            .begin(
                Caller.admin(tenant.id(), slug, CurrentAdministrator.get().actor()),
                wanted == null ? null : wanted.filter())
            .orElseThrow(() -> running(tenant));
    acts.append(tenant.id(), null, "enrolment.start");
    String location = publicLinks.to("/admin/api/v1/tenants/" + slug + "/enrolments/" + id);
    return ResponseEntity.accepted().header("Location", location).body(job(slug, id));
  }

  private ProblemException running(Tenant tenant) {
    String id = jobs.running(tenant.id()).map(UUID::toString).orElse("that has just ended");
    return ProblemException.conflict(
        "The tenant has a running enrolment, " + id + "; wait for its end.");
  }

  @Requires(Role.VIEWER)
  @GetMapping("/enrolments/{id}")
  public JobView job(@PathVariable String slug, @PathVariable UUID id) {
    return jobs.find(tenantLookup.known(slug).id(), id)
        .map(JobView::of)
        .orElseThrow(() -> ProblemException.notFound("The tenant has no enrolment " + id + "."));
  }

  /** The latest jobs, started by an administrator or by the schedule. */
  @Requires(Role.VIEWER)
  @GetMapping("/enrolments")
  public JobsView jobs(@PathVariable String slug) {
    return new JobsView(
        jobs.latest(tenantLookup.known(slug).id(), LATEST).stream().map(JobView::of).toList());
  }

  @Requires(Role.ADMIN)
  @PutMapping("/enrolment-schedule")
  public ScheduleView set(@PathVariable String slug, @RequestBody NewSchedule wanted) {
    Tenant tenant = tenantLookup.known(slug);
    String cron = wanted.cron() == null ? "" : wanted.cron().strip();
    schedules.set(tenant.id(), cron, next(cron, TenantSettings.zone(tenant.settings())));
    acts.append(tenant.id(), null, "enrolment-schedule.set");
    return schedule(slug);
  }

  private Instant next(String cron, ZoneId zone) {
    try {
      return cronSchedule.next(cron, zone, schedules.now());
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Requires(Role.VIEWER)
  @GetMapping("/enrolment-schedule")
  public ScheduleView schedule(@PathVariable String slug) {
    return schedules
        .of(tenantLookup.known(slug).id())
        .map(this::view)
        .orElseThrow(EnrolmentController::none);
  }

  private ScheduleView view(Schedule it) {
    List<Instant> runs = new ArrayList<>(List.of(it.next()));
    try {
      while (runs.size() < RUNS) {
        runs.add(cronSchedule.next(it.cron(), it.zone(), runs.get(runs.size() - 1)));
      }
    } catch (IllegalArgumentException e) {
      LOG.debug("The schedule {} ends", it.cron(), e);
    }
    return new ScheduleView(it.cron(), it.zone().getId(), it.next(), runs);
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/enrolment-schedule")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(@PathVariable String slug) {
    Tenant tenant = tenantLookup.known(slug);
    if (!schedules.remove(tenant.id())) {
      throw none();
    }
    acts.append(tenant.id(), null, "enrolment-schedule.remove");
  }

  private static ProblemException none() {
    return ProblemException.notFound("The tenant has no enrolment schedule.");
  }
}
