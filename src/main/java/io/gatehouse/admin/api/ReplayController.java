package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.CatchUps;
import io.gatehouse.delivery.queue.LagMonitor;
import io.gatehouse.delivery.queue.ReplayJobs;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Bootstraps and replays, which are sent to one subscriber only. */
@RestController
@RequestMapping("/admin/api/v1/subscriptions/{tenant}/{name}")
public final class ReplayController {

  private final LagMonitor.Queues watched;
  private final LagMonitor lagMonitor;
  private final ReplayJobs jobs;
  private final ActRecorder acts;
  private final CatchUps catchUps;

  ReplayController(
      LagMonitor.Queues watched,
      LagMonitor lagMonitor,
      ReplayJobs jobs,
      ActRecorder acts,
      CatchUps catchUps) {
    this.watched = watched;
    this.lagMonitor = lagMonitor;
    this.jobs = jobs;
    this.acts = acts;
    this.catchUps = catchUps;
  }

  /**
   * Start and filter of a replay: a sequence, a time, and a user or group; all given ones apply.
   */
  public record Replay(@Nullable Long sequence, @Nullable Instant time, @Nullable UUID resource) {}

  /**
   * Sends the present state of all resources, and a marker after the last one. A lagging
   * subscription becomes live again.
   */
  @Requires(Role.OPERATOR)
  @PostMapping("/bootstrap")
  @ResponseStatus(HttpStatus.ACCEPTED)
  public void bootstrap(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    if (!lagMonitor.bootstrap(subscription)) {
      throw ProblemException.unavailable(
          "Another process works on the subscription at the moment; try again.");
    }
    SubscriptionsController.audit(acts, subscription, "bootstrap");
  }

  /** Sends a part of the log again. */
  @Requires(Role.OPERATOR)
  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  public void replay(
      @PathVariable String tenant, @PathVariable String name, @RequestBody Replay from) {
    Subscription subscription = known(tenant, name);
    SubscriptionsController.requireLive(watched.lagging(), subscription);
    jobs.replay(subscription, new ReplayJobs.From(from.sequence(), from.time(), from.resource()));
    SubscriptionsController.audit(acts, subscription, "replay");
  }

  /** The running bootstraps and replays. */
  public record CatchUpsView(List<CatchUps.Progress> catchUps) {}

  /** How far the running bootstraps and replays are; one that has ended is not listed. */
  @Requires(Role.VIEWER)
  @GetMapping("/catch-ups")
  public CatchUpsView progress(@PathVariable String tenant, @PathVariable String name) {
    return new CatchUpsView(catchUps.of(known(tenant, name)));
  }

  private Subscription known(String tenant, String name) {
    return SubscriptionsController.known(watched.subscriptions(), tenant, name);
  }
}
