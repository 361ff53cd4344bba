package io.gatehouse.broker;

import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.FailedEventErasure;
import io.gatehouse.delivery.queue.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * Events that a subscriber has failed to process five times, on a queue that only the gateway
 * reads.
 */
public final class FailedEvents implements FailedEventErasure.DeadLetters {

  private static final String SUFFIX = ".dead";

  private final BrokerTopology brokerTopology;
  private final Subscriptions subscriptions;

  FailedEvents(BrokerTopology brokerTopology, Subscriptions subscriptions) {
    this.brokerTopology = brokerTopology;
    this.subscriptions = subscriptions;
  }

  /**
   * A dead letter.
   *
   * @param resource for example {@code /Users/...}; null for events of the feed itself
   * @param time when the change happened, or null
   */
  public record Failure(
      String event,
      String type,
      @Nullable String resource,
      @Nullable String version,
      @Nullable String time,
      Instant failedAt) {}

  /**
   * Declares the queue of a subscription's dead letters, whose filter matches the original queue
   * that the broker records on each of them.
   */
  static void declare(BrokerManagement broker, Subscription subscription) throws Exception {
    BrokerTopology.queue(broker, declaration(subscription));
  }

  static QueueConfiguration declaration(Subscription subscription) {
    return QueueConfiguration.of(queue(subscription))
        .setAddress(BrokerTopology.FAILED)
        .setRoutingType(RoutingType.MULTICAST)
        .setDurable(true)
        .setFilterString(Message.HDR_ORIGINAL_QUEUE + " = '" + subscription.queue() + "'");
  }

  /** The name contains a dot, so that it cannot be the queue of another subscription. */
  static String queue(Subscription subscription) {
    return subscription.queue() + SUFFIX;
  }

  public long count(Subscription subscription) {
    AtomicLong count = new AtomicLong();
    brokerTopology.inSession(broker -> count.set(count(broker, subscription.queue())));
    return count.get();
  }

  static long count(BrokerManagement broker, String queue) throws ActiveMQException {
    return broker.session().queueQuery(SimpleString.of(queue + SUFFIX)).getMessageCount();
  }

  static void empty(BrokerManagement broker, Subscription subscription) throws Exception {
    if (count(broker, subscription.queue()) > 0) {
      broker.queue(queue(subscription), "removeAllMessages");
    }
  }

  /** The oldest dead letters. */
  public List<Failure> oldest(Subscription subscription, int limit) {
    List<Failure> failures = new ArrayList<>();
    brokerTopology.inSession(
        broker -> {
          try (ClientConsumer browser =
              broker.session().createConsumer(queue(subscription), true)) {
            ClientMessage message = browser.receiveImmediate();
            while (message != null && failures.size() < limit) {
              failures.add(failure(message));
              message = browser.receiveImmediate();
            }
          }
        });
    return failures;
  }

  private static Failure failure(ClientMessage message) {
    return new Failure(
        Objects.requireNonNullElse(attribute(message, "id"), ""),
        Objects.requireNonNullElse(attribute(message, "type"), ""),
        attribute(message, "subject"),
        attribute(message, "resourceversion"),
        attribute(message, "time"),
        Instant.ofEpochMilli(message.getExpiration()).minus(BrokerTopology.KEPT));
  }

  private static @Nullable String attribute(ClientMessage message, String name) {
    return message.getStringProperty("cloudEvents_" + name);
  }

  /**
   * Moves dead letters back to their original queue. The broker does not check the duplicate ids of
   * messages that it moves.
   *
   * @param event only this event, or all when null
   * @return number of moved messages
   */
  public long resend(Subscription subscription, @Nullable UUID event) {
    return each(subscription, "retryMessages", event);
  }

  /**
   * Deletes dead letters.
   *
   * @param event only this event, or all when null
   * @return number of deleted messages
   */
  public long discard(Subscription subscription, @Nullable UUID event) {
    return each(subscription, "removeMessages", event);
  }

  private long each(Subscription subscription, String operation, @Nullable UUID event) {
    AtomicLong count = new AtomicLong();
    String filter = event == null ? "" : "cloudEvents_id = '" + event + "'";
    brokerTopology.inSession(
        broker -> count.set(count(broker.queue(queue(subscription), operation, filter))));
    return count.get();
  }

  private static long count(@Nullable Object result) {
    return result instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public void forget(List<FailedEventErasure.Erased> erased) {
    String filter =
        "cloudEvents_partitionkey IN ("
            + quoted(erased, it -> it.tenantSlug() + ":" + it.id())
            + ") OR "
            + Message.HDR_GROUP_ID
            + " IN ("
            + quoted(erased, it -> it.tenant() + ":" + it.id())
            + ")";
    List<String> tenants = erased.stream().map(FailedEventErasure.Erased::tenantSlug).toList();
    Stream<String> queues =
        subscriptions.all().stream()
            .filter(it -> tenants.contains(it.tenantSlug()))
            .map(FailedEvents::queue);
    List<String> all = Stream.concat(queues, Stream.of(BrokerTopology.DEAD)).toList();
    brokerTopology.inSession(
        SessionLimits.BACKGROUND,
        broker -> {
          for (String queue : all) {
            if (broker.session().queueQuery(SimpleString.of(queue)).getMessageCount() > 0) {
              broker.queue(queue, "removeMessages", filter);
            }
          }
        });
  }

  private static String quoted(
      List<FailedEventErasure.Erased> erased,
      java.util.function.Function<FailedEventErasure.Erased, String> key) {
    return erased.stream().map(it -> "'" + key.apply(it) + "'").collect(Collectors.joining(", "));
  }
}
