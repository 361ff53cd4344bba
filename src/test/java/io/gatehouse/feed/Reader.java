package io.gatehouse.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.qpid.jms.JmsConnectionFactory;

/** A subscriber that takes its time, goes away, and comes back. */
final class Reader {

  private final JsonNode subscription;
  private final Duration pace;
  private final Ledger ledger = new Ledger();
  private Connection connection;

  Reader(JsonNode subscription, Duration pace) {
    this.subscription = subscription;
    this.pace = pace;
  }

  /** From now on it connects again whenever the broker comes back. */
  Reader connect() throws JMSException {
    String url = "failover:(%s)?failover.maxReconnectDelay=500";
    connection =
        new JmsConnectionFactory(url.formatted(subscription.at("/urls/amqp").asText()))
            .createConnection(
                subscription.path("username").asText(), subscription.path("password").asText());
    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
    session
        .createConsumer(session.createQueue(subscription.path("queue").asText()))
        .setMessageListener(this::take);
    connection.start();
    return this;
  }

  private void take(Message message) {
    try {
      ledger.add(Json.stored(message.getBody(String.class)));
    } catch (JMSException e) {
      throw new IllegalStateException(e);
    }
    LockSupport.parkNanos(pace.toNanos());
  }

  void disconnect() throws JMSException {
    connection.close();
  }

  String name() {
    return subscription.path("name").asText();
  }

  Ledger ledger() {
    return ledger;
  }
}
