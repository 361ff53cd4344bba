package io.gatehouse.broker;

import io.gatehouse.broker.BrokerManagement.Operation;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.QueueDepths;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/** A durable queue for each subscription, and a broker user who may only consume from it. */
public final class SubscriberQueues implements QueueDepths {

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
        SessionLimits.START,
        broker -> {
          for (Subscription each : all) {
            FailedEvents.declare(broker, each);
            var queue = broker.session().queueQuery(SimpleString.of(each.queue()));
            SimpleString filter = SimpleString.of(SubscriberDeclarations.filter(each));
            if (queue.isExists()
                && !lagging.contains(each)
                && !filter.equals(queue.getFilterString())) {
              filter(broker, each, SubscriberDeclarations.filter(each));
            }
            if (!queue.isExists() && lagging.contains(each)) {
              BrokerTopology.queue(broker, SubscriberDeclarations.queue(each, NOBODYS));
            }
          }
        });
  }

  /**
   * Creates queue, permission and user, and replaces remains of an earlier attempt that failed
   * half-way. If one of them cannot be made in time, the broker removes all of them again.
   */
  public void create(Subscription subscription, String password) {
    brokerTopology.inSession(
        broker -> {
          List<Operation> operations =
              new ArrayList<>(SubscriberDeclarations.remains(broker, subscription));
          operations.addAll(SubscriberDeclarations.creation(subscription, password));
          try {
            broker.broker(operations);
          } catch (ActiveMQException e) {
            broker.leaveBehind(SubscriberDeclarations.removal(subscription));
            throw e;
          }
        });
  }

  /** Sets a new password. Existing connections stay authenticated until they end. */
  public void rotate(Subscription subscription, String password) {
    String user = subscription.queue();
    brokerTopology.inSession(broker -> broker.broker("resetUser", user, password, user, false));
  }

  /** Removes queue, permission and user, with all unread messages. */
  public void remove(Subscription subscription) {
    brokerTopology.inSession(broker -> clear(broker, subscription));
  }

  /** Removes the parts that exist, so that it can be repeated after a failure in between. */
  private static void clear(BrokerManagement broker, Subscription subscription) throws Exception {
    broker.broker(SubscriberDeclarations.remains(broker, subscription));
  }

  @Override
  public Map<Subscription, Standing> standings(Collection<Subscription> subscriptions) {
    return standings(subscriptions, SessionLimits.BACKGROUND);
  }

  /** The same for a caller that waits. */
  public Map<Subscription, Standing> standingsInTime(Collection<Subscription> subscriptions) {
    return standings(subscriptions, SessionLimits.WAITED_FOR);
  }

  private Map<Subscription, Standing> standings(
      Collection<Subscription> subscriptions, SessionLimits limits) {
    Map<Subscription, Standing> standings = new LinkedHashMap<>();
    brokerTopology.inSession(
        limits,
        broker -> {
          for (Subscription each : subscriptions) {
            var queue = broker.session().queueQuery(SimpleString.of(each.queue()));
            if (queue.isExists()) {
              standings.put(each, standing(broker, queue));
            }
          }
        });
    return standings;
  }

  private static Standing standing(BrokerManagement broker, ClientSession.QueueQuery queue)
      throws Exception {
    long messages = queue.getMessageCount();
    Object age =
        messages == 0 ? null : broker.attribute(queue.getName().toString(), "firstMessageAge");
    Duration oldest =
        age instanceof Number millis ? Duration.ofMillis(millis.longValue()) : NOTHING;
    long failed = FailedEvents.count(broker, queue.getName().toString());
    return new Standing(messages, queue.getConsumerCount(), oldest, failed);
  }

  @Override
  public Set<Profile> full() {
    Set<Profile> full = EnumSet.noneOf(Profile.class);
    brokerTopology.inSession(
        SessionLimits.BACKGROUND,
        broker -> {
          for (Profile each : Profile.values()) {
            if (brokerTopology.isNearlyFull(broker, each.address())) {
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
        SessionLimits.BACKGROUND,
        broker -> {
          filter(broker, subscription, NOBODYS);
          empty(broker, subscription);
          FailedEvents.empty(broker, subscription);
        });
  }

  /**
   * Removing a million events takes minutes, so a long queue is dropped and declared again. Not if
   * it has a consumer, which would be disconnected.
   */
  private static void empty(BrokerManagement broker, Subscription subscription) throws Exception {
    var queue = broker.session().queueQuery(SimpleString.of(subscription.queue()));
    if (queue.getConsumerCount() == 0 && queue.getMessageCount() > MANY) {
      BrokerTopology.drop(broker, subscription.queue());
      BrokerTopology.queue(broker, SubscriberDeclarations.queue(subscription, NOBODYS));
    } else {
      broker.queue(subscription.queue(), "removeAllMessages");
    }
  }

  @Override
  public void open(Subscription subscription) {
    brokerTopology.inSession(
        broker -> filter(broker, subscription, SubscriberDeclarations.filter(subscription)));
  }

  private static void filter(BrokerManagement broker, Subscription subscription, String filter)
      throws Exception {
    String changed =
        QueueConfiguration.of(subscription.queue())
            .setAddress(subscription.profile().address())
            .setRoutingType(RoutingType.MULTICAST)
            .setFilterString(filter)
            .toJSON();
    broker.broker("updateQueue", changed);
  }
}
