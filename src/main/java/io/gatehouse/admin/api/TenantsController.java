package io.gatehouse.admin.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.lifecycle.CronSchedule;
import io.gatehouse.lifecycle.EnrolmentSchedules;
import io.gatehouse.lifecycle.PersonRefs;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Tenant;
import io.gatehouse.tenant.TenantSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants}: tenants and their settings. */
@RestController
@RequestMapping("/admin/api/v1/tenants")
public final class TenantsController {

  private final Connections connections;
  private final TenantLookup tenantLookup;
  private final EnrolmentSchedules schedules;
  private final CronSchedule cronSchedule;
  private final PersonRefs people;
  private final ActRecorder acts;

  TenantsController(
      Connections connections,
      TenantLookup tenantLookup,
      EnrolmentSchedules schedules,
      CronSchedule cronSchedule,
      PersonRefs people,
      ActRecorder acts) {
    this.connections = connections;
    this.tenantLookup = tenantLookup;
    this.schedules = schedules;
    this.cronSchedule = cronSchedule;
    this.people = people;
    this.acts = acts;
  }

  public record NewTenant(
      @Nullable String slug, @Nullable String name, @Nullable Map<String, Object> settings) {}

  public record TenantChange(@Nullable Map<String, Object> settings) {}

  public record DueView(Instant until, long due, long held) {}

  public record TenantView(UUID id, String slug, String name, Map<String, Object> settings) {

    static TenantView of(Tenant it) {
      return new TenantView(it.id(), it.slug(), it.name(), JsonMaps.map(it.settings()));
    }
  }

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public TenantView add(@RequestBody NewTenant wanted) {
    tenantLookup.requireAllTenants();
    String slug = SlugRules.require("slug", wanted.slug());
    String name = DisplayNames.of(wanted.name(), slug);
    var tenant = new Tenant(UUID.randomUUID(), slug, name, settings(wanted.settings()));
    if (!connections.add(tenant)) {
      throw ProblemException.conflict("There is a tenant '" + slug + "' already.");
    }
    acts.append(tenant.id(), null, "tenant.create");
    return TenantView.of(tenant);
  }

  @Requires(Role.VIEWER)
  @GetMapping
  public List<TenantView> all() {
    return tenantLookup.all().stream().map(TenantView::of).toList();
  }

  /**
   * A new retention applies to users who leave from now on; running deadlines are not moved. A new
   * time zone also moves the next time of the schedule.
   */
  @Requires(Role.ADMIN)
  @PatchMapping("/{slug}")
  public TenantView change(@PathVariable String slug, @RequestBody TenantChange wanted) {
    Tenant tenant = tenantLookup.known(slug);
    connections.changeTenant(tenant.id(), settings(wanted.settings()));
    Tenant changed = tenantLookup.known(slug);
    schedules
        .of(tenant.id())
        .ifPresent(
            it ->
                schedules.set(
                    tenant.id(),
                    it.cron(),
                    cronSchedule.next(
                        it.cron(), TenantSettings.zone(changed.settings()), schedules.now())));
    acts.append(tenant.id(), null, "tenant.change");
    return TenantView.of(changed);
  }

  private static ObjectNode settings(@Nullable Map<String, Object> wanted) {
    ObjectNode settings = Json.MAPPER.valueToTree(wanted == null ? Map.of() : wanted);
    TenantSettings.wrong(settings)
        .ifPresent(
            it -> {
              throw ProblemException.badRequest(it);
            });
    return settings;
  }

  /**
   * A dry run of erasure: the number of users who would be erased until then, and the number on
   * hold.
   */
  @Requires(Role.VIEWER)
  @GetMapping("/{slug}/erasures")
  public DueView erasures(
      @PathVariable String slug, @RequestParam(required = false) @Nullable Instant until) {
    Instant end = until == null ? schedules.now() : PageRequest.time("until", until);
    PersonRefs.Due due = people.count(tenantLookup.known(slug).id(), end);
    return new DueView(end, due.due(), due.held());
  }
}
