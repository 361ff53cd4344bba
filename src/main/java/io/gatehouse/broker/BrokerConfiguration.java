package io.gatehouse.broker;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.Instance;
import io.gatehouse.StartupRefusedException;
import io.gatehouse.delivery.EventPublisher;
import io.gatehouse.delivery.PublishAttempts;
import io.gatehouse.delivery.queue.LaggingSubscriptions;
import io.gatehouse.delivery.queue.Subscriptions;
import java.time.Clock;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Wires the connections to the broker. */
@Configuration(proxyBeanMethods = false)
class BrokerConfiguration {

  /** Calls fail fast while the broker is unavailable; the caller decides how to proceed. */
  private static final String CLIENT =
      "cacheDestinations=true&reconnectAttempts=0&blockOnDurableSend=true&callTimeout=";

  private static final String USUAL = "3000";

  /**
   * The sender of a webhook times out after three seconds, and the call can be stored in another
   * way. A first attempt to connect is followed by a second, usually two seconds later, while all
   * other calls wait.
   */
  private static final String QUICK = "800&connect-timeout-millis=800&retryInterval=10";

  @Bean
  @ConditionalOnExpression("!'${gatehouse.broker.url:}'.isEmpty()")
  BrokerConnection externalBroker(GatehouseProperties settings) {
    GatehouseProperties.Broker broker = settings.broker();
    String url = Objects.requireNonNull(broker.url());
    return new BrokerConnection(
        url,
        Objects.requireNonNullElse(broker.user(), ""),
        Objects.requireNonNullElse(broker.password(), ""),
        broker.port(),
        url.contains("sslEnabled=true"));
  }

  @Bean
  BrokerTopology brokerTopology(
      BrokerConnection connection, Instance instance, GatehouseProperties settings) {
    if (settings.subscriptions().maxAge().compareTo(BrokerTopology.KEPT) >= 0) {
      throw new StartupRefusedException(
          "gatehouse.subscriptions.max-age must be less than "
              + BrokerTopology.KEPT.toDays()
              + " days, after which events expire and are missing without a notice.");
    }
    BrokerTopology brokerTopology =
        new BrokerTopology(connection, settings.subscriptions().maxDisk().toBytes());
    if (settings.broker().url() == null || settings.broker().url().isEmpty()) {
      brokerTopology.declare(instance);
    } else {
      ExternalBroker.prepare(brokerTopology, connection, instance);
    }
    return brokerTopology;
  }

  /** The broker is an argument because its queues must be declared before the first connection. */
  @Bean(destroyMethod = "stop")
  @Primary
  JmsPoolConnectionFactory connectionFactory(BrokerConnection connection, BrokerTopology declared) {
    return pool(connection, USUAL);
  }

  @Bean(destroyMethod = "stop")
  JmsPoolConnectionFactory quickConnectionFactory(
      BrokerConnection connection, BrokerTopology declared) {
    return pool(connection, QUICK);
  }

  private static JmsPoolConnectionFactory pool(BrokerConnection connection, String timeout) {
    String url = connection.urlWith(CLIENT + timeout);
    JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
    pool.setConnectionFactory(
        new FailFastConnectionFactory(
            new ActiveMQConnectionFactory(url, connection.user(), connection.password()),
            System::nanoTime));
    pool.setMaxConnections(4);
    return pool;
  }

  @Bean
  EventPublisher eventPublisher(
      BrokerConnection connection, BrokerTopology brokerTopology, PublishAttempts attempts) {
    return new ArtemisPublisher(connection, new OpenPublishers(brokerTopology), attempts);
  }

  @Bean
  SubscriberQueues subscriberQueues(
      BrokerTopology brokerTopology,
      Subscriptions subscriptions,
      LaggingSubscriptions laggingSubscriptions) {
    SubscriberQueues queues = new SubscriberQueues(brokerTopology);
    queues.declare(subscriptions.all(), laggingSubscriptions.all().keySet());
    return queues;
  }

  @Bean
  QueueBacklogs queueBacklogs(BrokerTopology brokerTopology, Clock clock) {
    return new QueueBacklogs(brokerTopology, clock);
  }

  @Bean
  FailedEvents failedEvents(BrokerTopology brokerTopology, Subscriptions subscriptions) {
    return new FailedEvents(brokerTopology, subscriptions);
  }
}
