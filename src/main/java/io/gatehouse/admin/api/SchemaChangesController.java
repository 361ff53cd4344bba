package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.lifecycle.SchemaChanges;
import io.gatehouse.lifecycle.SchemaCleanups.Progress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tenants/{slug}/schema-changes}: the jobs that drop values of removed schemas. */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}/schema-changes")
public final class SchemaChangesController {

  private static final int LATEST = 50;

  private final TenantLookup tenantLookup;
  private final SchemaChanges changes;

  SchemaChangesController(TenantLookup tenantLookup, SchemaChanges changes) {
    this.tenantLookup = tenantLookup;
    this.changes = changes;
  }

  /**
   * The progress of a job.
   *
   * @param total number of users or groups that had values at the beginning; counted to 10,000,
   *     then as they are found
   * @param failed number of resources that could not be changed; their values stay hidden
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record JobView(
      UUID id,
      String schema,
      String resourceType,
      String state,
      long total,
      long done,
      long failed,
      Instant startedAt,
      @Nullable Instant endedAt) {

    static JobView of(Progress it) {
      return new JobView(
          it.id(),
          it.urn(),
          it.type().label(),
          it.state().word(),
          it.total(),
          it.done(),
          it.failed(),
          it.startedAt(),
          it.endedAt());
    }
  }

  public record JobsView(List<JobView> changes) {}

  static String path(String slug, UUID job) {
    return "/admin/api/v1/tenants/" + slug + "/schema-changes/" + job;
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{id}")
  public JobView job(@PathVariable String slug, @PathVariable UUID id) {
    return changes
        .find(tenantLookup.known(slug).id(), id)
        .map(JobView::of)
        .orElseThrow(
            () -> ProblemException.notFound("The tenant has no change of schemas " + id + "."));
  }

  /** The latest job first. */
  @Requires(Role.VIEWER)
  @GetMapping
  public JobsView jobs(@PathVariable String slug) {
    return new JobsView(
        changes.latest(tenantLookup.known(slug).id(), LATEST).stream().map(JobView::of).toList());
  }
}
