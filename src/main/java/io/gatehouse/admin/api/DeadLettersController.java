package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.broker.FailedEvents;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LagMonitor;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /subscriptions/{tenant}/{name}/dead-letters}: events that the subscriber failed to
 * process.
 */
@RestController
@RequestMapping("/admin/api/v1/subscriptions/{tenant}/{name}/dead-letters")
public final class DeadLettersController {

  private final LagMonitor.Queues watched;
  private final FailedEvents failed;
  private final ActRecorder acts;

  DeadLettersController(LagMonitor.Queues watched, FailedEvents failed, ActRecorder acts) {
    this.watched = watched;
    this.failed = failed;
    this.acts = acts;
  }

  /**
   * The oldest dead letters.
   *
   * @param total number of all dead letters
   */
  public record DeadLettersView(long total, List<FailedEvents.Failure> deadLetters) {}

  /** Number of resent or discarded events. */
  public record CountView(long count) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public DeadLettersView oldest(
      @PathVariable String tenant,
      @PathVariable String name,
      @RequestParam @Nullable Integer count) {
    Subscription subscription = known(tenant, name);
    return new DeadLettersView(
        failed.count(subscription), failed.oldest(subscription, PageRequest.count(count)));
  }

  /** Sends all dead letters, or one event, back to the queue of this subscriber only. */
  @Requires(Role.OPERATOR)
  @PostMapping("/resend")
  public CountView resend(
      @PathVariable String tenant, @PathVariable String name, @RequestParam @Nullable UUID event) {
    Subscription subscription = known(tenant, name);
    SubscriptionsController.requireLive(watched.lagging(), subscription);
    long count = failed.resend(subscription, event);
    SubscriptionsController.audit(acts, subscription, "dead-letters.resend");
    return new CountView(count);
  }

  /** Deletes all dead letters, or one event. */
  @Requires(Role.OPERATOR)
  @DeleteMapping
  public CountView discard(
      @PathVariable String tenant, @PathVariable String name, @RequestParam @Nullable UUID event) {
    Subscription subscription = known(tenant, name);
    long count = failed.discard(subscription, event);
    SubscriptionsController.audit(acts, subscription, "dead-letters.discard");
    return new CountView(count);
  }

  private Subscription known(String tenant, String name) {
    return SubscriptionsController.known(watched.subscriptions(), tenant, name);
  }
}
