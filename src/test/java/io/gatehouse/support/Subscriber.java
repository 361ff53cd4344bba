package io.gatehouse.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway.Answer;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A downstream system with a foreign AMQP 1.0 client, which connects with nothing but the answer of
 * POST /subscriptions.
 */
public final class Subscriber implements AutoCloseable {

  /** How long events may take that are not on their way yet, as far as can be told. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  /** How long they may take from the broker, which is asked once more at the end of it. */
  private static final Duration SENT = Duration.ofMillis(200);

  private static final String IS_ALL_SENT =
      "select not exists (select from change where published_at is null)"
          + " and not exists (select from catch_up)";

  private final Connection connection;
  private final Session session;
  private final MessageConsumer messages;
  private final Optional<Gateway> gateway;

  private Subscriber(
      Connection connection, Session session, MessageConsumer messages, Optional<Gateway> gateway) {
    this.connection = connection;
    this.session = session;
    this.messages = messages;
    this.gateway = gateway;
  }

  public static Subscriber of(Answer subscription) throws JMSException {
    JsonNode it = subscription.json();
    return of(it, it.path("queue").asText());
  }

  public static Subscriber of(JsonNode credentials, String queue) throws JMSException {
    String url = credentials.path("urls").path("amqp").asText();
    Connection connection =
        new JmsConnectionFactory(url)
            .createConnection(
                credentials.path("username").asText(), credentials.path("password").asText());
    Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    connection.start();
    return new Subscriber(
        connection,
        session,
        session.createConsumer(session.createQueue(queue)),
        Gateway.ofSubscribers(URI.create(url).getPort()));
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
    Duration wait = gateway.filter(Subscriber::hasSentAll).isPresent() ? SENT : QUIET;
    TextMessage message = (TextMessage) messages.receive(wait.toMillis());
    while (message != null) {
      events.add(Json.stored(message.getText()));
      message = (TextMessage) messages.receive(wait.toMillis());
    }
    return events;
  }

  /** Waits until no change and no replay is left to send, but no longer than without knowing. */
  private static boolean hasSentAll(Gateway gateway) {
    try {
      await()
          .atMost(QUIET)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> gateway.bean(JdbcClient.class).sql(IS_ALL_SENT).query(Boolean.class).single());
      return true;
    } catch (ConditionTimeoutException | DataAccessException e) {
      return false;
    }
  }

  @Override
  public void close() throws JMSException {
    connection.close();
  }
}
