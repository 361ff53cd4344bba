package io.gatehouse.broker;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.QueueDepths;
import io.gatehouse.scim.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/** A durable queue for each subscription, and a broker user who may only consume from it. */
public final class SubscriberQueues implements QueueDepths {

  private static final String GATEWAY_ROLE = "gatehouse";
  private static final Duration NOTHING = Duration.ZERO;
  private static final long MANY = 5_000;

  /** A filter that matches no event, because no tenant has an empty name. */
  private static final String NOBODYS = "gatehouse_tenant = ''";

  private final BrokerTopology brokerTopology;

  public SubscriberQueues(BrokerTopology brokerTopology) {
    this.brokerTopology = brokerTopology;
  }

  /** The port for subscribers' AMQP 1.0 clients. */
  public int port() {
    return brokerTopology.publicPort();
  }

  /** Whether subscribers connect by TLS. */
  public boolean areEncrypted() {
    return brokerTopology.isEncrypted();
  }

  /**
   * Updates the filters of existing queues after an upgrade. Queues of lagging subscriptions stay
   * closed, and are declared again if the gateway ended while it emptied one.
   *
   * @param lagging the lagging subscriptions among all
   */
  public void declare(Collection<Subscription> all, Set<Subscription> lagging) {
    brokerTopology.inSession(
        session -> {
          for (Subscription each : all) {
            FailedEvents.declare(session, each);
            var queue = session.queueQuery(SimpleString.of(each.queue()));
            SimpleString filter = SimpleString.of(filter(each));
            if (queue.isExists()
                && !lagging.contains(each)
                && !filter.equals(queue.getFilterString())) {
              filter(session, each, filter(each));
            }
            if (!queue.isExists() && lagging.contains(each)) {
              BrokerTopology.queue(session, queue(each, NOBODYS));
            }
          }
        });
  }

  /**
   * Creates queue, permission and user, and replaces remains of an earlier attempt that failed
   * half-way.
   */
  public void create(Subscription subscription, String password) {
    String user = subscription.queue();
    brokerTopology.inSession(
        session -> {
          clear(session, subscription);
          BrokerManagement.broker(session, "addUser", user, password, user, false);
          BrokerManagement.broker(
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
          BrokerTopology.queue(session, queue(subscription, filter(subscription)));
          FailedEvents.declare(session, subscription);
        });
  }

  /** Sets a new password. Existing connections stay authenticated until they end. */
  public void rotate(Subscription subscription, String password) {
    String user = subscription.queue();
    brokerTopology.inSession(
        session -> BrokerManagement.broker(session, "resetUser", user, password, user, false));
  }

  /** Removes queue, permission and user, with all unread messages. */
  public void remove(Subscription subscription) {
    brokerTopology.inSession(session -> clear(session, subscription));
  }

  /** Removes the parts that exist, so that it can be repeated after a failure in between. */
  private static void clear(ClientSession session, Subscription subscription) throws Exception {
    String user = subscription.queue();
    BrokerTopology.drop(session, subscription.queue());
    FailedEvents.destroy(session, subscription);
    BrokerManagement.broker(session, "removeSecuritySettings", subscription.fullyQualifiedQueue());
    String users = String.valueOf(BrokerManagement.broker(session, "listUser", ""));
    if (Json.MAPPER.readTree(users).findValuesAsText("username").contains(user)) {
      BrokerManagement.broker(session, "removeUser", user);
    }
  }

  @Override
  public Map<Subscription, Standing> standings(Collection<Subscription> subscriptions) {
    Map<Subscription, Standing> standings = new LinkedHashMap<>();
    brokerTopology.inSession(
        session -> {
          for (Subscription each : subscriptions) {
            var queue = session.queueQuery(SimpleString.of(each.queue()));
            if (queue.isExists()) {
              standings.put(each, standing(session, queue));
            }
          }
        });
    return standings;
  }

  private static Standing standing(ClientSession session, ClientSession.QueueQuery queue)
      throws Exception {
    long messages = queue.getMessageCount();
    Object age =
        messages == 0
            ? null
            : BrokerManagement.attribute(session, queue.getName().toString(), "firstMessageAge");
    Duration oldest =
        age instanceof Number millis ? Duration.ofMillis(millis.longValue()) : NOTHING;
    long failed = FailedEvents.count(session, queue.getName().toString());
    return new Standing(messages, queue.getConsumerCount(), oldest, failed);
  }

  @Override
  public Set<Profile> full() {
    Set<Profile> full = EnumSet.noneOf(Profile.class);
    brokerTopology.inSession(
        session -> {
          for (Profile each : Profile.values()) {
            if (brokerTopology.isNearlyFull(session, each.address())) {
              full.add(each);
            }
          }
        });
    return full;
  }

  /** Sets the filter first, so that no new events arrive while the queue is emptied. */
  @Override
  public void close(Subscription subscription) {
    brokerTopology.inSession(
        session -> {
          filter(session, subscription, NOBODYS);
          empty(session, subscription);
          FailedEvents.empty(session, subscription);
        });
  }

  /**
   * Removing a million events takes minutes, so a long queue is dropped and declared again. Not if
   * it has a consumer, which would be disconnected.
   */
  private static void empty(ClientSession session, Subscription subscription) throws Exception {
    var queue = session.queueQuery(SimpleString.of(subscription.queue()));
    if (queue.getConsumerCount() == 0 && queue.getMessageCount() > MANY) {
      BrokerTopology.drop(session, subscription.queue());
      BrokerTopology.queue(session, queue(subscription, NOBODYS));
    } else {
      BrokerManagement.queue(session, subscription.queue(), "removeAllMessages");
    }
  }

  private static QueueConfiguration queue(Subscription subscription, String filter) {
    return QueueConfiguration.of(subscription.queue())
        .setAddress(subscription.profile().address())
        .setRoutingType(RoutingType.MULTICAST)
        .setDurable(true)
        .setFilterString(filter);
  }

  @Override
  public void open(Subscription subscription) {
    brokerTopology.inSession(session -> filter(session, subscription, filter(subscription)));
  }

  private static void filter(ClientSession session, Subscription subscription, String filter)
      throws Exception {
    String changed =
        QueueConfiguration.of(subscription.queue())
            .setAddress(subscription.profile().address())
            .setRoutingType(RoutingType.MULTICAST)
            .setFilterString(filter)
            .toJSON();
    BrokerManagement.broker(session, "updateQueue", changed);
  }

  /**
   * Tenant and types have been checked against a pattern without quotes, so they cannot break out
   * of the filter. Events of the feed itself are sent to single queues, and match with any types of
   * the subscription.
   */
  private static String filter(Subscription subscription) {
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
