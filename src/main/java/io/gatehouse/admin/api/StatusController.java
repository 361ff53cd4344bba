package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.ProbeResults;
import io.gatehouse.delivery.feed.FeedLog;
import io.gatehouse.tenant.IdpProfiles;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /status}: the state of the gateway for an operator. */
@RestController
@RequestMapping("/admin/api/v1/status")
public final class StatusController {

  private final IdpProfiles profiles;
  private final FeedLog feedLog;
  private final ProbeResults probeResults;

  StatusController(IdpProfiles profiles, FeedLog feedLog, ProbeResults probeResults) {
    this.profiles = profiles;
    this.feedLog = feedLog;
    this.probeResults = probeResults;
  }

  /**
   * Whether changes are accepted and applied.
   *
   * @param down the parts that are not working: {@code broker}, {@code database}, or {@code
   *     commands} when the other two work and commands are nevertheless not applied
   */
  public record ReadinessView(boolean ready, List<String> down) {}

  /**
   * The log of changes.
   *
   * @param position the last sequence in the feed
   * @param completeFrom the first sequence from which the log has every change; before it, the log
   *     has only the last change of each user and group
   */
  public record FeedView(long position, long completeFrom) {}

  /**
   * The whole answer.
   *
   * @param feed null while the database is down
   */
  public record StatusView(
      ReadinessView readiness, List<IdpProfiles.RouteFileStatus> routes, @Nullable FeedView feed) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public StatusView status() {
    List<ProbeResults.Part> down = probeResults.down();
    return new StatusView(
        new ReadinessView(down.isEmpty(), down.stream().map(ProbeResults.Part::word).toList()),
        profiles.sources(),
        down.contains(ProbeResults.Part.DATABASE) ? null : view(feedLog.extent()));
  }

  private static FeedView view(FeedLog.Extent extent) {
    return new FeedView(extent.position(), extent.compacted() + 1);
  }
}
