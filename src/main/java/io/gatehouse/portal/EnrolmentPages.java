package io.gatehouse.portal;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.admin.api.EnrolmentController;
import io.gatehouse.admin.api.EnrolmentController.NewSchedule;
import io.gatehouse.admin.api.EnrolmentController.ScheduleView;
import io.gatehouse.admin.api.ProblemException;
import io.gatehouse.admin.api.TenantLookup;
import io.gatehouse.admin.api.TenantsController;
import io.gatehouse.admin.api.TenantsController.TenantChange;
import io.gatehouse.admin.api.UserLifecycleController;
import io.gatehouse.admin.api.UsersController;
import io.gatehouse.scim.ScimException;
import io.gatehouse.tenant.TenantSettings;
import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Users who wait for their enrolment, enrolments that run or have run, and their schedule. */
@Controller
@RequestMapping("/admin/tenants/{tenant}/enrolment")
final class EnrolmentPages {

  private static final String PAGE = "portal/enrolment";
  private static final int AT_ONCE = 200;

  private final TenantLookup tenantLookup;
  private final UsersController users;
  private final UserLifecycleController lifecycle;
  private final EnrolmentController enrolments;
  private final TenantsController tenants;

  EnrolmentPages(
      TenantLookup tenantLookup,
      UsersController users,
      UserLifecycleController lifecycle,
      EnrolmentController enrolments,
      TenantsController tenants) {
    this.tenantLookup = tenantLookup;
    this.users = users;
    this.lifecycle = lifecycle;
    this.enrolments = enrolments;
    this.tenants = tenants;
  }

  /**
   * The result of enrolling the users of a list.
   *
   * @param untried users behind the first one for whom the gateway was not available
   */
  record Result(int enrolled, int refused, int untried) {}

  @Requires(Role.VIEWER)
  @GetMapping
  String page(
      @PathVariable String tenant,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer enrolled,
      @RequestParam(required = false) @Nullable Integer refused,
      @RequestParam(defaultValue = "0") int untried,
      Model model) {
    if (enrolled != null && refused != null) {
      model.addAttribute("result", new Result(enrolled, refused, untried));
    }
    return page(tenant, cursor, model);
  }

  private String page(String tenant, @Nullable String cursor, Model model) {
    String slug = tenantLookup.known(tenant).slug();
    model.addAttribute(
        "waiting",
        users.find(new UsersController.Wanted(slug, null, null, null, false, cursor, null)));
    model.addAttribute("zone", TenantSettings.zone(tenantLookup.known(slug).settings()).getId());
    ScheduleView schedule = schedule(slug);
    model.addAttribute("schedule", schedule);
    model.addAttribute("runs", schedule == null ? List.of() : runs(schedule));
    return jobs(slug, PAGE, model);
  }

  private @Nullable ScheduleView schedule(String tenant) {
    try {
      return enrolments.schedule(tenant);
    } catch (ProblemException e) {
      return null;
    }
  }

  /** In the time zone of the tenant. */
  private static List<String> runs(ScheduleView schedule) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm 'UTC'xxx", Locale.ENGLISH)
            .withZone(ZoneId.of(schedule.timeZone()));
    return schedule.nextRuns().stream().map(format::format).toList();
  }

  /** The part of the page that asks for itself while an enrolment runs. */
  @Requires(Role.VIEWER)
  @GetMapping("/jobs")
  String jobs(@PathVariable String tenant, Model model) {
    return jobs(tenant, "portal/enrolment-jobs", model);
  }

  private String jobs(String tenant, String view, Model model) {
    List<EnrolmentController.JobView> jobs = enrolments.jobs(tenant).enrolments();
    model.addAttribute("jobs", jobs);
    model.addAttribute("running", jobs.stream().anyMatch(it -> it.state().equals("running")));
    return view;
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/selected")
  String enrolSelected(
      @PathVariable String tenant,
      @RequestParam(name = "user", required = false) @Nullable List<UUID> chosen,
      Model model,
      HttpServletResponse response) {
    String slug = tenantLookup.known(tenant).slug();
    List<UUID> ids = chosen == null ? List.of() : chosen.stream().distinct().toList();
    if (ids.isEmpty() || ids.size() > AT_ONCE) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute("selectedError", "Tick between 1 and %d users.".formatted(AT_ONCE));
      return page(slug, null, model);
    }
    Result result = enrolled(slug, ids);
    return Redirects.to(at(slug))
        + "?enrolled=%d&refused=%d&untried=%d"
            .formatted(result.enrolled(), result.refused(), result.untried());
  }

  /** Ends at an outage, because each of the others would wait in vain. */
  private Result enrolled(String tenant, List<UUID> ids) {
    int enrolled = 0;
    for (int i = 0; i < ids.size(); i++) {
      try {
        enrolled += isEnrolled(tenant, ids.get(i)) ? 1 : 0;
      } catch (ScimException e) {
        return new Result(enrolled, i - enrolled, ids.size() - i);
      }
    }
    return new Result(enrolled, ids.size() - enrolled, 0);
  }

  /**
   * False when the user is of another tenant, or may not be enrolled.
   *
   * @throws ScimException when the gateway cannot apply changes
   */
  private boolean isEnrolled(String tenant, UUID user) {
    try {
      return users.one(user).tenant().equals(tenant) && lifecycle.enrol(user).enrolledAt() != null;
    } catch (ProblemException e) {
      return false;
    } catch (ScimException e) {
      if (e.refusal().status() >= 500) {
        throw e;
      }
      return false;
    }
  }

  @Requires(Role.OPERATOR)
  @PostMapping("/jobs")
  String enrol(
      @PathVariable String tenant,
      @RequestParam(required = false) @Nullable String filter,
      Model model,
      HttpServletResponse response) {
    try {
      enrolments.enrol(tenant, new EnrolmentController.Wanted(FormText.text(filter)));
      return Redirects.to(at(tenant), Done.ENROLMENT);
    } catch (ScimException e) {
      model.addAttribute("filter", filter);
      model.addAttribute("filterError", e.refusal().detail());
    } catch (ProblemException e) {
      rethrowNotFound(e);
      model.addAttribute("filterError", e.getBody().getDetail());
    }
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    return page(tenant, null, model);
  }

  @Requires(Role.ADMIN)
  @PostMapping("/schedule")
  String setSchedule(
      @PathVariable String tenant,
      @RequestParam String cron,
      Model model,
      HttpServletResponse response) {
    try {
      enrolments.set(tenant, new NewSchedule(cron));
      return Redirects.to(at(tenant), Done.SCHEDULED);
    } catch (ProblemException e) {
      rethrowNotFound(e);
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute("cron", cron);
      model.addAttribute("cronError", e.getBody().getDetail());
      return page(tenant, null, model);
    }
  }

  @Requires(Role.ADMIN)
  @PostMapping("/schedule/remove")
  String removeSchedule(@PathVariable String tenant) {
    enrolments.remove(tenant);
    return Redirects.to(at(tenant), Done.REMOVED);
  }

  /** Sets the time zone of the tenant, in which the schedule is read. */
  @Requires(Role.ADMIN)
  @PostMapping("/time-zone")
  String setTimeZone(@PathVariable String tenant, @RequestParam String timeZone) {
    tenants.change(tenant, new TenantChange(Map.of(TenantSettings.TIME_ZONE, timeZone.strip())));
    return Redirects.to(at(tenant), Done.SAVED);
  }

  private static void rethrowNotFound(ErrorResponseException e) {
    if (e.getStatusCode().value() == HttpStatus.NOT_FOUND.value()) {
      throw e;
    }
  }

  private static String at(String tenant) {
    return "/admin/tenants/" + tenant + "/enrolment";
  }
}
