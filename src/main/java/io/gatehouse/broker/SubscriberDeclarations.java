package io.gatehouse.broker;

import io.gatehouse.broker.BrokerManagement.Operation;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;

/** What a subscription has at the broker. */
final class SubscriberDeclarations {

  private static final String GATEWAY_ROLE = "gatehouse";
  private static final int MANY = 1_000;

  private SubscriberDeclarations() {}

  /** The queue is the last, because it would collect events. */
  static List<Operation> creation(Subscription subscription, String password) {
    String user = subscription.queue();
    return List.of(
        Operation.of("addUser", user, password, user, false),
        Operation.of(
            "addSecuritySettings",
            subscription.fullyQualifiedQueue(),
            GATEWAY_ROLE,
            GATEWAY_ROLE + "," + user,
            GATEWAY_ROLE,
            GATEWAY_ROLE,
            "",
            "",
            GATEWAY_ROLE,
            GATEWAY_ROLE),
        declaration(FailedEvents.declaration(subscription)),
        declaration(queue(subscription, filter(subscription))));
  }

  private static Operation declaration(QueueConfiguration queue) {
    return Operation.of("createQueue", queue.setAutoCreated(false).toJSON(), false);
  }

  /** Removes all of it. */
  static List<Operation> removal(Subscription subscription) {
    return List.of(
        destruction(subscription.queue()),
        destruction(FailedEvents.queue(subscription)),
        withdrawal(subscription),
        Operation.of("removeUser", subscription.queue()));
  }

  private static Operation destruction(String queue) {
    return Operation.of("destroyQueue", queue, true, false);
  }

  private static Operation withdrawal(Subscription subscription) {
    return Operation.of("removeSecuritySettings", subscription.fullyQualifiedQueue());
  }

  /** Withdraws the permission, and returns what removes the parts that exist beside it. */
  static List<Operation> remains(BrokerManagement broker, Subscription subscription)
      throws Exception {
    String name = subscription.queue();
    List<String> found =
        broker.broker(
            List.of(
                Operation.of("listQueues", named(name), 1, MANY),
                Operation.of("listUser", ""),
                withdrawal(subscription)));
    List<Operation> removal = new ArrayList<>();
    List<String> queues = Json.MAPPER.readTree(found.get(0)).path("data").findValuesAsText("name");
    Stream.of(name, FailedEvents.queue(subscription))
        .filter(queues::contains)
        .forEach(it -> removal.add(destruction(it)));
    if (Json.MAPPER.readTree(found.get(1)).findValuesAsText("username").contains(name)) {
      removal.add(Operation.of("removeUser", name));
    }
    return removal;
  }

  /** Finds queues whose names have this one in them. */
  private static String named(String name) {
    return Json.text(
        Json.object().put("field", "name").put("operation", "CONTAINS").put("value", name));
  }

  static QueueConfiguration queue(Subscription subscription, String filter) {
    return QueueConfiguration.of(subscription.queue())
        .setAddress(subscription.profile().address())
        .setRoutingType(RoutingType.MULTICAST)
        .setDurable(true)
        .setFilterString(filter);
  }

  /**
   * Tenant and types have been checked against a pattern without quotes, so they cannot break out
   * of the filter. Events of the feed itself are sent to single queues, and match with any types of
   * the subscription.
   */
  static String filter(Subscription subscription) {
    String ofTenant = "gatehouse_tenant = '" + subscription.tenantSlug() + "'";
    return subscription.types().isEmpty()
        ? ofTenant
        : ofTenant + " AND (" + types(subscription.types()) + ")";
  }

  private static String types(List<String> types) {
    return Stream.concat(types.stream(), Stream.of("gatehouse.feed.*"))
        .map(type -> "cloudEvents_type LIKE '" + type.replace("*", "%") + "'")
        .collect(Collectors.joining(" OR "));
  }
}
