package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.Caller;
import io.gatehouse.lifecycle.Leavers;
import io.gatehouse.lifecycle.Leavers.Period;
import io.gatehouse.lifecycle.Leavers.Position;
import io.gatehouse.lifecycle.Restoration;
import io.gatehouse.lifecycle.Restoration.Result;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.Connections.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /tenants/{slug}/restorations}: restores several users, or a wave of leavers. Each user is
 * restored by a command, as by {@code POST /users/{id}/restore}.
 */
@RestController
@RequestMapping("/admin/api/v1/tenants/{slug}/restorations")
public final class RestorationsController {

  /** Users of one call. */
  static final int MOST = 1_000;

  private final TenantLookup tenantLookup;
  private final Leavers leavers;
  private final Restoration restoration;

  RestorationsController(TenantLookup tenantLookup, Leavers leavers, Restoration restoration) {
    this.tenantLookup = tenantLookup;
    this.leavers = leavers;
    this.restoration = restoration;
  }

  /**
   * The users to restore: by id, or those of a connection who left within a period.
   *
   * @param until the end of the period, which is not a part of it
   * @param cursor the {@code next} of an earlier answer about this period
   */
  public record Wanted(
      @Nullable List<UUID> users,
      @Nullable UUID connection,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String cursor) {}

  /** A user who was not restored, and why. */
  public record RefusedView(UUID user, int status, String reason) {}

  /**
   * What came of it.
   *
   * @param restored number of users who are active again, or were so already
   * @param more whether the period has more users than one call restores: call again
   * @param next the {@code cursor} of that call, so that it begins behind the refused users; absent
   *     when there are no more
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RestorationView(
      int restored, List<RefusedView> refused, boolean more, @Nullable String next) {}

  @Requires(Role.OPERATOR)
  @PostMapping
  public RestorationView restore(@PathVariable String slug, @RequestBody Wanted wanted) {
    Tenant tenant = tenantLookup.known(slug);
    if (wanted.users() != null && isOfNoPeriod(wanted)) {
      return restore(tenant, named(wanted.users()), null);
    }
    List<Position> found = leavers.within(period(tenant, wanted), after(wanted), MOST + 1);
    return restore(
        tenant,
        PageRequest.shown(found, MOST).stream().map(Position::id).toList(),
        PageRequest.next(found, MOST, it -> PageRequest.cursor(it.id(), it.at().toString())));
  }

  private RestorationView restore(Tenant tenant, List<UUID> users, @Nullable String next) {
    Caller caller = Caller.admin(tenant.id(), tenant.slug(), CurrentAdministrator.get().actor());
    List<Result> results = restoration.restore(caller, users);
    List<RefusedView> refused =
        results.stream()
            .filter(it -> it.problem() != null)
            .map(it -> new RefusedView(it.user(), it.status(), String.valueOf(it.problem())))
            .toList();
    return new RestorationView(results.size() - refused.size(), refused, next != null, next);
  }

  private static boolean isOfNoPeriod(Wanted wanted) {
    return wanted.connection() == null
        && wanted.from() == null
        && wanted.until() == null
        && wanted.cursor() == null;
  }

  private static @Nullable Position after(Wanted wanted) {
    Position after = PageRequest.afterTime(wanted.cursor());
    if (after != null && after.at().isBefore(Objects.requireNonNull(wanted.from()))) {
      throw ProblemException.badRequest("The 'cursor' is not of this period.");
    }
    return after;
  }

  private Period period(Tenant tenant, Wanted wanted) {
    UUID connection = wanted.connection();
    Instant from = wanted.from();
    Instant until = wanted.until();
    if (wanted.users() != null || connection == null || from == null || until == null) {
      throw ProblemException.badRequest(
          "Give either 'users', a list of ids, or 'connection', 'from' and 'until'.");
    }
    Connection known = tenantLookup.connection(connection);
    if (!known.tenant().equals(tenant.id())) {
      throw ProblemException.notFound("The tenant has no connection " + connection + ".");
    }
    return new Period(
        tenant.id(), connection, PageRequest.time("from", from), PageRequest.time("until", until));
  }

  private static List<UUID> named(List<UUID> users) {
    if (users.contains(null) || users.size() > MOST) {
      throw ProblemException.badRequest("'users' must be a list of at most 1,000 ids.");
    }
    return users.stream().distinct().toList();
  }
}
