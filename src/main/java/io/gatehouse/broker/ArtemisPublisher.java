package io.gatehouse.broker;

import io.gatehouse.delivery.CloudEvent;
import io.gatehouse.delivery.EventPublisher;
import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/**
 * Sends events durably, those of a call in one transaction. The broker keeps a record in memory for
 * each transaction on a paging address, and a message with a duplicate id outside of a transaction
 * would open one of its own. An event that is sent again after doubt is dropped by its duplicate
 * id; then the other events of the call are sent one by one.
 */
final class ArtemisPublisher implements EventPublisher, AutoCloseable {

  private static final long CONFIRMATION_MILLIS = 10_000;

  private final BrokerConnection connection;
  private @Nullable ServerLocator locator;
  private @Nullable ClientSession session;
  private @Nullable ClientProducer producer;

  ArtemisPublisher(BrokerConnection connection) {
    this.connection = connection;
  }

  @Override
  public synchronized void publish(List<CloudEvent> events) {
    try {
      if (!commit(events)) {
        for (CloudEvent event : events) {
          commit(List.of(event));
        }
      }
    } catch (ActiveMQException e) {
      close();
      throw new BrokerUnavailableException("Events were not confirmed: " + e.getMessage(), e);
    } catch (Exception e) {
      close();
      throw new BrokerUnavailableException("The broker cannot be reached: " + e.getMessage(), e);
    }
  }

  /**
   * Sends all events or none.
   *
   * @return false when the broker has one of them already, and has accepted none
   */
  private boolean commit(List<CloudEvent> events) throws Exception {
    ClientProducer open = open();
    for (CloudEvent event : events) {
      open.send(SimpleString.of(event.address()), message(event));
    }
    ClientSession sent = Objects.requireNonNull(session);
    try {
      sent.commit();
      return true;
    } catch (ActiveMQDuplicateIdException e) {
      sent.rollback();
      return false;
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
    fresh.setBlockOnDurableSend(false).setCallTimeout(CONFIRMATION_MILLIS);
    ClientSessionFactory factory = fresh.createSessionFactory();
    session =
        factory.createSession(
            connection.user(), connection.password(), false, false, true, false, 0);
    producer = session.createProducer();
    return producer;
  }

  private ClientMessage message(CloudEvent event) {
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
}
