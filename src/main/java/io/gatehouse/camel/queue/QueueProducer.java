package io.gatehouse.camel.queue;

import io.gatehouse.broker.BrokerUnavailableException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a durable message without a transaction and waits for the broker's confirmation. When the
 * result is in doubt it sends again; the second message is dropped by the claim of the command id,
 * or by the event id of a signal.
 */
final class QueueProducer<T> extends DefaultProducer {

  private final QueueFormat<T> format;
  private final QueueAccess access;
  private final String queue;

  QueueProducer(Endpoint endpoint, QueueFormat<T> format, QueueAccess access, String queue) {
    super(endpoint);
    this.format = format;
    this.access = access;
    this.queue = queue;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    T one = format.in(exchange.getMessage());
    access.doubt().together().acquireUninterruptibly();
    try {
      send(one);
    } finally {
      access.doubt().together().release();
    }
  }

  private void send(T one) {
    CircuitBreaker breaker = access.doubt().breaker();
    if (!breaker.tryAcquirePermission()) {
      throw new BrokerUnavailableException("The broker was unavailable a moment ago", null);
    }
    @Nullable JMSException doubt =
        send(new Letter(format.encode(one), format.key(one), format.lifetime(one)));
    if (doubt != null) {
      breaker.onError(0, TimeUnit.NANOSECONDS, doubt);
      throw new BrokerUnavailableException("The broker did not accept the message", doubt);
    }
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** A message for the queue. */
  private record Letter(String text, String key, Duration lifetime) {}

  private @Nullable JMSException send(Letter letter) {
    long last = System.nanoTime() + access.doubt().patience().toNanos();
    @Nullable JMSException doubt = null;
    for (int attempt = 0; attempt < access.doubt().attempts(); attempt++) {
      if (attempt > 0 && System.nanoTime() > last) {
        return doubt;
      }
      try {
        sendOnce(letter);
        return null;
      } catch (JMSException e) {
        doubt = e;
      }
    }
    return doubt;
  }

  /**
   * Sends durably. Accepted commands and signals have no time to live; only probes expire, because
   * they change nothing.
   */
  private void sendOnce(Letter letter) throws JMSException {
    try (Connection connection = access.sending().createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      TextMessage message = session.createTextMessage(letter.text());
      message.setStringProperty("JMSXGroupID", letter.key());
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      producer.setTimeToLive(letter.lifetime().toMillis());
      producer.send(message);
    }
  }
}
