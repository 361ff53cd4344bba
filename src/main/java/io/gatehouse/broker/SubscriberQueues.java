package io.gatehouse.broker;

import io.gatehouse.delivery.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;

/**
 * A durable queue for each subscription, and a user who may consume from it and do nothing else.
 */
public final class SubscriberQueues {

  private static final String GATEWAY_ROLE = "gatehouse";

  private final Broker broker;

  public SubscriberQueues(Broker broker) {
    this.broker = broker;
  }

  /** The port for subscribers' clients, AMQP 1.0 and core alike. */
  public int port() {
    return broker.publicPort();
  }

  /** Makes queue, permission and user. */
  public void create(Subscription subscription, String password) {
    String user = subscription.queue();
    broker.inSession(
        session -> {
          Management.broker(session, "addUser", user, password, user, false);
          Management.broker(
              session,
              "addSecuritySettings",
              subscription.fullyQualifiedQueue(),
              GATEWAY_ROLE,
              GATEWAY_ROLE + "," + user,
              GATEWAY_ROLE,
              GATEWAY_ROLE,
              "",
              "",
              GATEWAY_ROLE,
              GATEWAY_ROLE);
          Broker.queue(
              session,
              QueueConfiguration.of(subscription.queue())
                  .setAddress(subscription.profile().address())
                  .setRoutingType(RoutingType.MULTICAST)
                  .setDurable(true)
                  .setFilterString(filter(subscription)));
          FailedEvents.declare(session, subscription);
        });
  }

  /** A new password; the old one ends with the connections that used it. */
  public void rotate(Subscription subscription, String password) {
    String user = subscription.queue();
    broker.inSession(
        session -> Management.broker(session, "resetUser", user, password, user, false));
  }

  /** Takes queue, permission and user away, with all messages that were not read. */
  public void remove(Subscription subscription) {
    String user = subscription.queue();
    broker.inSession(
        session -> {
          Management.broker(session, "destroyQueue", subscription.queue(), true, false);
          FailedEvents.destroy(session, subscription);
          Management.broker(session, "removeSecuritySettings", subscription.fullyQualifiedQueue());
          Management.broker(session, "removeUser", user);
        });
  }

  /**
   * How a queue stands.
   *
   * @param backlog messages that were not read, or not acknowledged
   */
  public record Standing(long backlog, int consumers) {}

  /** How the queue stands; empty when the broker has none. */
  public Optional<Standing> standing(Subscription subscription) {
    AtomicReference<Standing> standing = new AtomicReference<>();
    broker.inSession(
        session -> {
          var queue = session.queueQuery(SimpleString.of(subscription.queue()));
          if (queue.isExists()) {
            standing.set(new Standing(queue.getMessageCount(), queue.getConsumerCount()));
          }
        });
    return Optional.ofNullable(standing.get());
  }

  /** Tenant and types have been checked against a pattern without quotes. */
  private static String filter(Subscription subscription) {
    String ofTenant = "gatehouse_tenant = '" + subscription.tenantSlug() + "'";
    return subscription.types().isEmpty()
        ? ofTenant
        : ofTenant + " AND (" + types(subscription.types()) + ")";
  }

  private static String types(List<String> types) {
    return types.stream()
        .map(type -> "cloudEvents_type LIKE '" + type.replace("*", "%") + "'")
        .collect(Collectors.joining(" OR "));
  }
}
