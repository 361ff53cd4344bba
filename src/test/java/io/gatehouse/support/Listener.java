package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.function.Consumer;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * A subscriber with a foreign AMQP 1.0 client that is called for every event, acknowledges it
 * afterwards, and connects again whenever the broker comes back.
 */
public record Listener(Connection connection) implements AutoCloseable {

  public static Listener of(JsonNode subscription, Consumer<JsonNode> hear) throws JMSException {
    String url = "failover:(%s)?failover.maxReconnectDelay=500";
    Connection connection =
        new JmsConnectionFactory(url.formatted(subscription.at("/urls/amqp").asText()))
            .createConnection(
                subscription.path("username").asText(), subscription.path("password").asText());
    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
    session
        .createConsumer(session.createQueue(subscription.path("queue").asText()))
        .setMessageListener(
            message -> {
              try {
                hear.accept(Json.stored(message.getBody(String.class)));
              } catch (JMSException e) {
                throw new IllegalStateException(e);
              }
            });
    connection.start();
    return new Listener(connection);
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
