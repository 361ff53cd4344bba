package io.gatehouse.broker;

import io.gatehouse.delivery.Subscription;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;

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
          Broker.manage(session, "addUser", user, password, user, false);
          Broker.manage(
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
        });
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
