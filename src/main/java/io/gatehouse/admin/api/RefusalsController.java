package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.audit.Refusals;
import io.gatehouse.audit.Refusals.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /refusals}: the refused requests of the last day, by their cause; of the latest thousand.
 */
@RestController
@RequestMapping("/admin/api/v1/refusals")
public final class RefusalsController {

  private static final Duration PERIOD = Duration.ofDays(1);
  private static final int MAX = 1000;

  /** Ids and quoted values differ between refusals of the same cause, and may name a user. */
  private static final Pattern VALUES =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|'[^']*'|\"[^\"]*\"");

  private final Refusals refusals;
  private final TenantLookup tenantLookup;
  private final Clock clock;

  RefusalsController(Refusals refusals, TenantLookup tenantLookup, Clock clock) {
    this.refusals = refusals;
    this.tenantLookup = tenantLookup;
    this.clock = clock;
  }

  /**
   * Refusals with the same cause.
   *
   * @param action for example {@code user.create}
   * @param reason the sentence of the answer, without values
   * @param resource the user or group of the latest one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RefusalView(
      @Nullable UUID connection,
      String action,
      int status,
      String reason,
      int count,
      Instant firstAt,
      Instant lastAt,
      @Nullable UUID resource) {

    private RefusalView and(RefusalView older) {
      return new RefusalView(
          connection, action, status, reason, count + older.count, older.firstAt, lastAt, resource);
    }
  }

  private record Cause(@Nullable UUID connection, String action, int status, String reason) {}

  /** The most frequent cause first. */
  @Requires(Role.VIEWER)
  @GetMapping
  public List<RefusalView> all(@RequestParam(required = false) @Nullable String tenant) {
    UUID id = tenantLookup.given(tenant).id();
    Map<Cause, RefusalView> causes = new LinkedHashMap<>();
    for (Refusal it : refusals.latest(id, clock.instant().minus(PERIOD), MAX)) {
      String reason = VALUES.matcher(it.reason()).replaceAll("…");
      causes.merge(
          new Cause(it.connection(), it.action(), it.status(), reason),
          view(it, reason),
          RefusalView::and);
    }
    return causes.values().stream()
        .sorted(Comparator.comparingInt(RefusalView::count).reversed())
        .toList();
  }

  private static RefusalView view(Refusal it, String reason) {
    return new RefusalView(
        it.connection(), it.action(), it.status(), reason, 1, it.at(), it.at(), it.resource());
  }
}
