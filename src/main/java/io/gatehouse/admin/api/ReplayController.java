package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LagMonitor;
import io.gatehouse.delivery.queue.ReplayJobs;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What is sent to one subscriber only. */
@RestController
@RequestMapping("/admin/api/v1/subscriptions/{tenant}/{name}")
final class ReplayController {

  private final LagMonitor.Queues watched;
  private final LagMonitor lagMonitor;
  private final ReplayJobs jobs;
  private final AuditLog audit;

  ReplayController(
      LagMonitor.Queues watched, LagMonitor lagMonitor, ReplayJobs jobs, AuditLog audit) {
    this.watched = watched;
    this.lagMonitor = lagMonitor;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** Where a replay begins: a sequence, or a time, or one user or group; of several, all hold. */
  record Replay(@Nullable Long sequence, @Nullable Instant time, @Nullable UUID resource) {}

  /**
   * Sends the present state of everything, and a marker when all of it was sent. A laggard is none
   * any more.
   */
  @PostMapping("/bootstrap")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void bootstrap(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    if (!lagMonitor.bootstrap(subscription)) {
      throw ProblemException.unavailable(
          "Another process works on the subscription at the moment; try again.");
    }
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.bootstrap"));
  }

  /** Sends a part of the log again. */
  @PostMapping("/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void replay(@PathVariable String tenant, @PathVariable String name, @RequestBody Replay from) {
    Subscription subscription = known(tenant, name);
    SubscriptionsController.requireLive(watched.lagging(), subscription);
    jobs.replay(subscription, new ReplayJobs.From(from.sequence(), from.time(), from.resource()));
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.replay"));
  }

  private Subscription known(String tenant, String name) {
    return SubscriptionsController.known(watched.subscriptions(), tenant, name);
  }
}
