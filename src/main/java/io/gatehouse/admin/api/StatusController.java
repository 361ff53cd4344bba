package io.gatehouse.admin.api;

import io.gatehouse.access.Administrator;
import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.command.ProbeResults;
import io.gatehouse.delivery.feed.FeedLog;
import io.gatehouse.directory.Backlogs;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.IdpProfiles;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /status}: the state of the gateway for an operator. */
@RestController
@RequestMapping("/admin/api/v1/status")
public final class StatusController {

  private static final Logger LOG = LoggerFactory.getLogger(StatusController.class);

  private final IdpProfiles profiles;
  private final FeedLog feedLog;
  private final ProbeResults probeResults;
  private final Backlogs backlogs;
  private final Connections connections;
  private final Clock clock;

  StatusController(
      IdpProfiles profiles,
      FeedLog feedLog,
      ProbeResults probeResults,
      Backlogs backlogs,
      @Qualifier("quickConnections") Connections connections,
      Clock clock) {
    this.profiles = profiles;
    this.feedLog = feedLog;
    this.probeResults = probeResults;
    this.backlogs = backlogs;
    this.connections = connections;
    this.clock = clock;
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
   * @param routes route files; for an administrator of some tenants, those of the IdPs that they
   *     have connections of
   * @param feed null while the database is down, and for an administrator of some tenants
   * @param parts what works and what waits, for the tenants of the administrator
   */
  public record StatusView(
      ReadinessView readiness,
      List<IdpProfiles.RouteFileStatus> routes,
      @Nullable FeedView feed,
      List<StatusParts.PartView> parts) {

    /** Whether what is in the database could not be read, or written. */
    public boolean withoutDatabase() {
      return parts.stream()
          .anyMatch(it -> it.part().equals("database") && !it.state().equals(StatusParts.GOOD));
    }
  }

  @Requires(Role.VIEWER)
  @GetMapping
  public StatusView status() {
    List<ProbeResults.Part> down = probeResults.down();
    Stored stored = down.contains(ProbeResults.Part.DATABASE) ? new Stored(null, null) : stored();
    Administrator reader = CurrentAdministrator.get();
    return new StatusView(
        new ReadinessView(down.isEmpty(), down.stream().map(ProbeResults.Part::word).toList()),
        reader.isOfAllTenants() ? profiles.sources() : sources(reader),
        reader.isOfAllTenants() ? stored.feed() : null,
        StatusParts.of(down, stored.backlogs(), clock.instant()));
  }

  /** None while the database is unavailable, for then nobody knows whose they are. */
  private List<IdpProfiles.RouteFileStatus> sources(Administrator reader) {
    try {
      Set<String> idps =
          connections.connections().stream()
              .filter(it -> reader.isOf(it.tenant()))
              .map(Connection::idp)
              .collect(Collectors.toSet());
      return profiles.sources().stream().filter(it -> idps.contains(it.idp())).toList();
    } catch (DataAccessException | StoreUnavailableException e) {
      LOG.debug("The status is shown without route files", e);
      return List.of();
    }
  }

  /** What is in the database; nulls while it is unavailable, before the probes have noticed. */
  private record Stored(@Nullable FeedView feed, Backlogs.@Nullable Gateway backlogs) {}

  private Stored stored() {
    try {
      return new Stored(
          view(feedLog.extent()), backlogs.gateway(CurrentAdministrator.get().tenants()));
    } catch (DataAccessException | StoreUnavailableException e) {
      LOG.debug("The status is shown without what is in the database", e);
      return new Stored(null, null);
    }
  }

  private static FeedView view(FeedLog.Extent extent) {
    return new FeedView(extent.position(), extent.compacted() + 1);
  }
}
