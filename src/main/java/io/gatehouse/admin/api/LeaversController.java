package io.gatehouse.admin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.lifecycle.Leavers;
import io.gatehouse.lifecycle.Leavers.Leaver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /leavers}: the users of a tenant with a running deadline, the next to be erased first. */
@RestController
@RequestMapping("/admin/api/v1/leavers")
public final class LeaversController {

  /** The users of a wave are counted up to one more than a restoration may name. */
  private static final int COUNTED = RestorationsController.MOST + 1;

  private final Leavers leavers;
  private final TenantLookup tenantLookup;
  private final Clock clock;

  LeaversController(Leavers leavers, TenantLookup tenantLookup, Clock clock) {
    this.leavers = leavers;
    this.tenantLookup = tenantLookup;
    this.clock = clock;
  }

  /**
   * A user who has left.
   *
   * @param daysLeft whole days until the deadline; 0 on the last day and after it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LeaverView(
      UUID id,
      String userName,
      @Nullable String displayName,
      @Nullable UUID connection,
      @Nullable Instant deactivatedAt,
      Instant purgeAfter,
      long daysLeft,
      @Nullable Instant heldAt) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(List<LeaverView> users, @Nullable String next) {}

  /**
   * The users of one connection who left within an hour.
   *
   * @param users their number
   * @param more whether it is the limit of the count, so that there are more
   */
  public record WaveView(UUID connection, Instant from, Instant until, long users, boolean more) {}

  public record WavesView(List<WaveView> waves) {}

  /** Parameters of the list. */
  public record Wanted(@Nullable String tenant, @Nullable String cursor, @Nullable Integer count) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public Page find(Wanted wanted) {
    UUID tenant = tenantLookup.given(wanted.tenant()).id();
    int count = PageRequest.count(wanted.count());
    List<Leaver> found = leavers.page(tenant, PageRequest.afterTime(wanted.cursor()), count + 1);
    return new Page(
        PageRequest.shown(found, count).stream().map(this::view).toList(),
        PageRequest.next(
            found, count, it -> PageRequest.cursor(it.id(), it.purgeAfter().toString())));
  }

  private LeaverView view(Leaver it) {
    return new LeaverView(
        it.id(),
        it.userName(),
        it.displayName(),
        it.connection(),
        it.deactivatedAt(),
        it.purgeAfter(),
        Math.max(0, Duration.between(clock.instant(), it.purgeAfter()).toDays()),
        it.heldAt());
  }

  /** The latest hours in which users of a connection left. */
  @Requires(Role.VIEWER)
  @GetMapping("/waves")
  public WavesView waves(@RequestParam(required = false) @Nullable String tenant) {
    return new WavesView(
        leavers.waves(tenantLookup.given(tenant).id(), COUNTED).stream()
            .map(
                it ->
                    new WaveView(
                        it.connection(),
                        it.from(),
                        it.until(),
                        Math.min(it.users(), COUNTED - 1),
                        it.users() >= COUNTED))
            .toList());
  }
}
