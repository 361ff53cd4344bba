package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.broker.SubscriberQueues.Standing;
import io.gatehouse.delivery.CatchUps;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.edge.Token;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** {@code /subscriptions}. */
@RestController
@RequestMapping("/admin/api/v1/subscriptions")
final class SubscriptionsController {

  private static final Pattern TYPE = Pattern.compile("gatehouse(\\.[a-z0-9]+)*(\\.\\*)?");

  private final Tenants tenants;
  private final Subscriptions subscriptions;
  private final SubscriberQueues queues;
  private final CatchUps catchUps;
  private final AuditLog audit;

  SubscriptionsController(
      Tenants tenants,
      Subscriptions subscriptions,
      SubscriberQueues queues,
      CatchUps catchUps,
      AuditLog audit) {
    this.tenants = tenants;
    this.subscriptions = subscriptions;
    this.queues = queues;
    this.catchUps = catchUps;
    this.audit = audit;
  }

  record NewSubscription(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String profile,
      @Nullable List<String> types,
      @Nullable Boolean bootstrap) {}

  record NewSubscriptionView(
      String name, String queue, String username, String password, Map<String, String> urls) {}

  /**
   * The row comes first, because it decides who may have the name; it goes again if the broker
   * fails.
   */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewSubscriptionView add(@RequestBody NewSubscription wanted) {
    Subscription subscription = subscription(wanted);
    if (!subscriptions.add(subscription)) {
      throw Problem.conflict(
          "The tenant has a subscription '" + subscription.name() + "' already.");
    }
    Token password = Token.generate();
    try {
      queues.create(subscription, password.secret());
    } catch (RuntimeException e) {
      subscriptions.remove(subscription);
      throw e;
    }
    if (Boolean.TRUE.equals(wanted.bootstrap())) {
      catchUps.bootstrap(subscription);
    }
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.create"));
    return new NewSubscriptionView(
        subscription.name(),
        subscription.fullyQualifiedQueue(),
        subscription.queue(),
        password.secret(),
        urls());
  }

  /**
   * How a subscription stands.
   *
   * @param backlog events that were not read, or not acknowledged
   */
  record SubscriptionView(
      String tenant,
      String name,
      String profile,
      List<String> types,
      String queue,
      long backlog,
      int consumers) {}

  record NewPasswordView(String username, String password) {}

  /** Where a replay begins: a sequence, or a time, or one user or group; of several, all hold. */
  record Replay(@Nullable Long sequence, @Nullable Instant time, @Nullable UUID resource) {}

  @GetMapping
  List<SubscriptionView> all() {
    return subscriptions.all().stream().map(this::view).toList();
  }

  @GetMapping("/{tenant}/{name}")
  SubscriptionView one(@PathVariable String tenant, @PathVariable String name) {
    return view(known(tenant, name));
  }

  private SubscriptionView view(Subscription it) {
    Standing standing = queues.standing(it).orElse(new Standing(0, 0));
    return new SubscriptionView(
        it.tenantSlug(),
        it.name(),
        it.profile().label(),
        it.types(),
        it.fullyQualifiedQueue(),
        standing.backlog(),
        standing.consumers());
  }

  /** A new password, shown once. */
  @PostMapping("/{tenant}/{name}/password")
  NewPasswordView rotate(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    Token password = Token.generate();
    queues.rotate(subscription, password.secret());
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.rotate"));
    return new NewPasswordView(subscription.queue(), password.secret());
  }

  @DeleteMapping("/{tenant}/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    queues.remove(subscription);
    subscriptions.remove(subscription);
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.remove"));
  }

  /** Sends the present state of everything, and a marker when all of it was sent. */
  @PostMapping("/{tenant}/{name}/bootstrap")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void bootstrap(@PathVariable String tenant, @PathVariable String name) {
    Subscription subscription = known(tenant, name);
    catchUps.bootstrap(subscription);
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.bootstrap"));
  }

  /** Sends a part of the log again. */
  @PostMapping("/{tenant}/{name}/replay")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void replay(@PathVariable String tenant, @PathVariable String name, @RequestBody Replay from) {
    Subscription subscription = known(tenant, name);
    catchUps.replay(subscription, new CatchUps.From(from.sequence(), from.time(), from.resource()));
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.replay"));
  }

  private Subscription known(String tenant, String name) {
    return known(subscriptions, tenant, name);
  }

  static Subscription known(Subscriptions all, String tenant, String name) {
    return all.find(tenant, name)
        .orElseThrow(() -> Problem.notFound("The tenant has no subscription '" + name + "'."));
  }

  private Subscription subscription(NewSubscription wanted) {
    var tenant = tenants.given(wanted.tenant());
    String label = wanted.profile() == null ? Profile.DIRECTORY.label() : wanted.profile();
    Profile profile =
        Profile.labelled(label)
            .orElseThrow(() -> Problem.badRequest("There is no profile '" + label + "'."));
    return new Subscription(
        tenant.id(),
        tenant.slug(),
        Slugs.require("name", wanted.name()),
        profile,
        types(wanted.types()));
  }

  private static List<String> types(@Nullable List<String> types) {
    List<String> wanted = types == null ? List.of() : types;
    if (!wanted.stream().allMatch(type -> TYPE.matcher(type).matches())) {
      throw Problem.badRequest("'types' are event types such as gatehouse.user.* .");
    }
    return wanted;
  }

  private Map<String, String> urls() {
    String host = ServletUriComponentsBuilder.fromCurrentContextPath().build().getHost();
    int port = queues.port();
    return Map.of("amqp", "amqp://" + host + ":" + port, "core", "tcp://" + host + ":" + port);
  }
}
