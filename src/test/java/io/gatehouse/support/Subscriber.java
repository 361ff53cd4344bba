package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * A downstream system with a foreign AMQP 1.0 client, which knows nothing but the answer of POST
 * /subscriptions.
 */
public final class Subscriber implements AutoCloseable {

  private static final long QUIET_MILLIS = 1_500;

  private final Connection connection;
  private final Session session;
  private final MessageConsumer messages;

  private Subscriber(Connection connection, Session session, MessageConsumer messages) {
    this.connection = connection;
    this.session = session;
    this.messages = messages;
  }

  public static Subscriber of(Answer subscription) throws JMSException {
    JsonNode it = subscription.json();
    return of(it, it.path("queue").asText());
  }

  public static Subscriber of(JsonNode credentials, String queue) throws JMSException {
    Connection connection =
        new JmsConnectionFactory(credentials.path("urls").path("amqp").asText())
            .createConnection(
                credentials.path("username").asText(), credentials.path("password").asText());
    Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    connection.start();
    return new Subscriber(connection, session, session.createConsumer(session.createQueue(queue)));
  }

  /** One that hands over each event as it comes. */
  public static Subscriber of(Answer subscription, Consumer<ObjectNode> each) throws JMSException {
    Subscriber subscriber = of(subscription);
    subscriber.messages.setMessageListener(
        message -> {
          try {
            each.accept(Json.stored(((TextMessage) message).getText()));
          } catch (JMSException e) {
            throw new IllegalStateException(e);
          }
        });
    return subscriber;
  }

  public Session session() {
    return session;
  }

  /** The next event, which must come within ten seconds. */
  public ObjectNode next() throws JMSException {
    TextMessage message = (TextMessage) messages.receive(10_000);
    if (message == null) {
      throw new AssertionError("no event came");
    }
    return Json.stored(message.getText());
  }

  /** All events until none has come for a while. */
  public List<ObjectNode> all() throws JMSException {
    List<ObjectNode> events = new ArrayList<>();
    TextMessage message = (TextMessage) messages.receive(QUIET_MILLIS);
    while (message != null) {
      events.add(Json.stored(message.getText()));
      message = (TextMessage) messages.receive(QUIET_MILLIS);
    }
    return events;
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
