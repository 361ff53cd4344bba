package io.gatehouse.broker;

import io.gatehouse.delivery.Event;
import io.gatehouse.delivery.Publisher;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/**
 * Sends events durably without a transaction, and awaits the broker's confirmations together. An
 * event that is sent again after doubt is dropped by its duplicate id.
 */
final class ArtemisPublisher implements Publisher, AutoCloseable {

  private static final int CONFIRMATION_WINDOW = 1024 * 1024;
  private static final int CONFIRMATION_SECONDS = 10;

  private final BrokerConnection connection;
  private @Nullable ServerLocator locator;
  private @Nullable ClientSession session;
  private @Nullable ClientProducer producer;

  ArtemisPublisher(BrokerConnection connection) {
    this.connection = connection;
  }

  @Override
  public synchronized void publish(List<Event> events) {
    try {
      Confirmations confirmations = new Confirmations(events.size());
      ClientProducer open = open();
      for (Event event : events) {
        open.send(SimpleString.of(event.address()), message(event), confirmations);
      }
      confirmations.await();
    } catch (ActiveMQException e) {
      close();
      throw new BrokerUnavailableException("Events were not confirmed: " + e.getMessage(), e);
    } catch (Exception e) {
      close();
      throw new BrokerUnavailableException("The broker cannot be reached: " + e.getMessage(), e);
    }
  }

  private ClientProducer open() throws Exception {
    ClientProducer open = producer;
    if (open != null && !open.isClosed()) {
      return open;
    }
    close();
    ServerLocator fresh = ActiveMQClient.createServerLocator(connection.url());
    locator = fresh;
    fresh.setReconnectAttempts(0).setInitialConnectAttempts(1);
    fresh.setConfirmationWindowSize(CONFIRMATION_WINDOW).setBlockOnDurableSend(false);
    ClientSessionFactory factory = fresh.createSessionFactory();
    session =
        factory.createSession(
            connection.user(), connection.password(), false, true, true, false, 0);
    producer = session.createProducer();
    return producer;
  }

  private ClientMessage message(Event event) {
    ClientMessage message = Objects.requireNonNull(session).createMessage(Message.TEXT_TYPE, true);
    message.getBodyBuffer().writeNullableSimpleString(SimpleString.of(event.body()));
    event
        .attributes()
        .forEach((name, value) -> message.putStringProperty("cloudEvents_" + name, value));
    message.putStringProperty("gatehouse_tenant", event.tenant());
    message.putStringProperty("JMS_AMQP_ContentType", "application/cloudevents+json");
    message.putStringProperty(Message.HDR_DUPLICATE_DETECTION_ID, SimpleString.of(event.id()));
    message.putStringProperty(Message.HDR_GROUP_ID, SimpleString.of(event.partitionKey()));
    return message;
  }

  @Override
  public synchronized void close() {
    if (locator != null) {
      locator.close();
    }
    locator = null;
    session = null;
    producer = null;
  }

  /** Counts the confirmations of one batch. */
  private static final class Confirmations implements SendAcknowledgementHandler {

    private final CountDownLatch open;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Confirmations(int expected) {
      open = new CountDownLatch(expected);
    }

    @Override
    public void sendAcknowledged(Message message) {
      open.countDown();
    }

    @Override
    public void sendFailed(Message message, Exception e) {
      failure.set(e);
      open.countDown();
    }

    void await() throws Exception {
      if (!open.await(CONFIRMATION_SECONDS, TimeUnit.SECONDS)) {
        throw new ActiveMQException("no confirmation within " + CONFIRMATION_SECONDS + " s");
      }
      Exception failed = failure.get();
      if (failed != null) {
        throw failed;
      }
    }
  }
}
