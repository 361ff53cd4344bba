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

/**
 * A durable queue for each subscription, and a user who may consume from it and do nothing else.
 */
public final class SubscriberQueues implements QueueDepths {

  private static final String GATEWAY_ROLE = "gatehouse";
  private static final Duration NOTHING = Duration.ZERO;
  private static final long MANY = 5_000;

  /** No event has such a tenant. */
  private static final String NOBODYS = "gatehouse_tenant = ''";

  private final BrokerTopology brokerTopology;

  public SubscriberQueues(BrokerTopology brokerTopology) {
    this.brokerTopology = brokerTopology;
  }

  /** The port for subscribers' clients, AMQP 1.0. */
  public int port() {
    return brokerTopology.publicPort();
  }

  /** Whether they connect by TLS. */
  public boolean areEncrypted() {
    return brokerTopology.isEncrypted();
  }

  /**
   * Brings the queues of older versions up to date; those of laggards stay closed, and are there
   * again if the gateway ended while one was emptied.
   *
   * @param laggards some of all
   */
  public void declare(Collection<Subscription> all, Set<Subscription> laggards) {
    brokerTopology.inSession(
        session -> {
          for (Subscription each : all) {
            FailedEvents.declare(session, each);
            var queue = session.queueQuery(SimpleString.of(each.queue()));
            SimpleString filter = SimpleString.of(filter(each));
            if (queue.isExists()
                && !laggards.contains(each)
                && !filter.equals(queue.getFilterString())) {
              filter(session, each, filter(each));
            }
            if (!queue.isExists() && laggards.contains(each)) {
              BrokerTopology.queue(session, queue(each, NOBODYS));
            }
          }
        });
  }

  /** Makes queue, permission and user, in place of what was left by one that failed half-way. */
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

  /** A new password; the old one ends with the connections that used it. */
  public void rotate(Subscription subscription, String password) {
    String user = subscription.queue();
    brokerTopology.inSession(
        session -> BrokerManagement.broker(session, "resetUser", user, password, user, false));
  }

  /** Takes queue, permission and user away, with all messages that were not read. */
  public void remove(Subscription subscription) {
    brokerTopology.inSession(session -> clear(session, subscription));
  }

  /** Whatever of it is there, so that it can be repeated when something fails in between. */
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

  /** A filter first, because what is removed would come again. */
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
   * To take a million events off one by one takes minutes, so a long queue is made anew; not where
   * a consumer is, who would be sent away.
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
   * Tenant and types have been checked against a pattern without quotes. What is about the feed is
   * sent to single queues, and is for them whatever they want.
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
