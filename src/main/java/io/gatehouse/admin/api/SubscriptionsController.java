package io.gatehouse.admin.api;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.broker.SubscriberQueues;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.edge.Token;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
  private final AuditLog audit;

  SubscriptionsController(
      Tenants tenants, Subscriptions subscriptions, SubscriberQueues queues, AuditLog audit) {
    this.tenants = tenants;
    this.subscriptions = subscriptions;
    this.queues = queues;
    this.audit = audit;
  }

  record NewSubscription(
      @Nullable String tenant,
      @Nullable String name,
      @Nullable String profile,
      @Nullable List<String> types) {}

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
    audit.append(new AuditLog.Act(subscription.tenant(), null, "subscription.create"));
    return new NewSubscriptionView(
        subscription.name(),
        subscription.fullyQualifiedQueue(),
        subscription.queue(),
        password.secret(),
        urls());
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
