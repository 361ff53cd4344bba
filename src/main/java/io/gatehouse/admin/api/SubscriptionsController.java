package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LagMonitor;
import io.gatehouse.delivery.queue.LaggingSubscriptions;
import io.gatehouse.delivery.queue.QueueDepths.Standing;
import io.gatehouse.delivery.queue.ReplayJobs;
import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /subscriptions}: subscribers with a queue at the broker. */
@RestController
@RequestMapping("/admin/api/v1/subscriptions")
public final class SubscriptionsController {

  private static final Standing GONE = new Standing(0, 0, Duration.ZERO, 0);

  private final SubscriptionRequests subscriptionRequests;
  private final Subscriptions subscriptions;
  private final LaggingSubscriptions laggingSubscriptions;
  private final SubscriberQueues queues;
  private final ReplayJobs jobs;
  private final ActRecorder acts;
  private final PublicLinks publicLinks;

  SubscriptionsController(
      SubscriptionRequests subscriptionRequests,
      LagMonitor.Queues watched,
      SubscriberQueues queues,
      ReplayJobs jobs,
      ActRecorder acts,
      PublicLinks publicLinks) {
    this.subscriptionRequests = subscriptionRequests;
    this.subscriptions = watched.subscriptions();
    this.laggingSubscriptions = watched.lagging();
    this.queues = queues;
    this.jobs = jobs;
    this.acts = acts;
    this.publicLinks = publicLinks;
  }

  public record NewSubscription(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String profile,
      @Nullable List<String> types,
      @Nullable Boolean bootstrap) {}

  public record NewSubscriptionView(
      String name, String queue, String username, String password, Map<String, String> urls) {}

  /**
   * Inserts the row first, because its key decides which request gets the name. Removes all of it
   * again if the broker or the bootstrap fails, because the password is not answered then.
   */
  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewSubscriptionView add(@RequestBody NewSubscription wanted) {
    Subscription subscription =
        subscriptionRequests.of(wanted.tenant(), wanted.name(), wanted.profile(), wanted.types());
    BearerToken password = BearerToken.generate();
    if (!subscriptions.add(subscription, password.hash())) {
      throw ProblemException.conflict(
          "The tenant has a subscription '" + subscription.name() + "' already.");
    }
    try {
      queues.create(subscription, password.secret());
    } catch (RuntimeException e) {
      subscriptions.remove(subscription);
      throw e;
    }
    if (Boolean.TRUE.equals(wanted.bootstrap())) {
      bootstrap(subscription);
    }
    audit(acts, subscription, "create");
    return new NewSubscriptionView(
        subscription.name(),
        subscription.fullyQualifiedQueue(),
        subscription.queue(),
        password.secret(),
        urls());
  }

  private void bootstrap(Subscription subscription) {
    try {
      jobs.bootstrap(subscription);
    } catch (RuntimeException e) {
      try {
        queues.remove(subscription);
      } catch (RuntimeException brokers) {
        e.addSuppressed(brokers);
      }
      subscriptions.remove(subscription);
      throw e;
    }
  }

  /**
   * The state of a subscription.
   *
   * @param backlog number of events that are unread or unacknowledged
   * @param oldestSeconds age of the oldest of them
   * @param state {@code live} or {@code lagging}
   */
  public record SubscriptionView(
      String tenant,
      String name,
      String profile,
      List<String> types,
      String queue,
      long backlog,
      long oldestSeconds,
      int consumers,
      String state,
      @Nullable Instant laggingSince) {}

  public record NewPasswordView(String username, String password) {}

  @Requires(Role.VIEWER)
  @GetMapping
  public List<SubscriptionView> all(@RequestParam(required = false) @Nullable String tenant) {
    return views(
        subscriptions.all().stream()
            .filter(SubscriptionsController::isVisible)
            .filter(it -> tenant == null || it.tenantSlug().equals(tenant))
            .toList());
  }

  @Requires(Role.VIEWER)
  @GetMapping("/{tenant}/{name}")
  public SubscriptionView one(@PathVariable String tenant, @PathVariable String name) {
    return views(List.of(known(tenant, name))).get(0);
  }

  private List<SubscriptionView> views(List<Subscription> wanted) {
    Map<Subscription, Standing> standings = queues.standingsInTime(wanted);
    Map<Subscription, Instant> lagging = laggingSubscriptions.all();
    return wanted.stream()
        .map(it -> view(it, standings.getOrDefault(it, GONE), lagging.get(it)))
        .toList();
  }

  private static SubscriptionView view(
      Subscription it, Standing standing, @Nullable Instant laggingSince) {
    return new SubscriptionView(
        it.tenantSlug(),
        it.name(),
        it.profile().label(),
        it.types(),
        it.fullyQualifiedQueue(),
        standing.messages(),
        standing.oldest().toSeconds(),
        standing.consumers(),
        laggingSince == null ? "live" : "lagging",
        laggingSince);
  }

  /** A new password, shown once. */
  @Requires(Role.ADMIN)
  @PostMapping("/{tenant}/{name}/password")
  public NewPasswordView rotate(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    BearerToken password = BearerToken.generate();
    queues.rotate(subscription, password.secret());
    subscriptions.changePassword(subscription, password.hash());
    audit(acts, subscription, "rotate");
    return new NewPasswordView(subscription.queue(), password.secret());
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{tenant}/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void remove(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    queues.remove(subscription);
    subscriptions.remove(subscription);
    audit(acts, subscription, "remove");
  }

  private Subscription known(String tenant, String name) {
    return known(subscriptions, tenant, name);
  }

  static void audit(ActRecorder acts, Subscription subscription, String act) {
    acts.append(
        subscription.tenant(),
        null,
        "subscription." + act,
        AccessRules.about("subscription", subscription.name()));
  }

  private static boolean isVisible(Subscription subscription) {
    return CurrentAdministrator.get().isOf(subscription.tenant());
  }

  static Subscription known(Subscriptions all, String tenant, String name) {
    return all.find(tenant, name)
        .filter(SubscriptionsController::isVisible)
        .orElseThrow(
            () -> ProblemException.notFound("The tenant has no subscription '" + name + "'."));
  }

  /** Refuses a lagging subscription with 409: its queue keeps no events. */
  static void requireLive(LaggingSubscriptions laggingSubscriptions, Subscription subscription) {
    if (laggingSubscriptions.all().containsKey(subscription)) {
      throw ProblemException.conflict(
          "The subscription lags and its events are not kept; POST .../bootstrap restarts it.");
    }
  }

  private Map<String, String> urls() {
    String broker = publicLinks.host() + ":" + queues.port();
    return Map.of(
        "amqp",
        (queues.areEncrypted() ? "amqps://" : "amqp://") + broker,
        "events",
        publicLinks.to("/events"));
  }
}
