package io.gatehouse.broker;

import io.gatehouse.delivery.CloudEvent;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** A transacted session for events, on a connection of its own, which the broker knows by name. */
final class PublisherSession implements AutoCloseable {

  /** Begins the client id of each of these sessions. */
  static final String CLIENT = "gatehouse-publisher-";

  private static final int CONFIRMATION_MILLIS = 10_000;

  private final ServerLocator locator;
  private final ClientSession session;
  private final ClientProducer producer;

  PublisherSession(ServerLocator locator, ClientSession session) throws ActiveMQException {
    this.locator = locator;
    this.session = session;
    this.producer = session.createProducer();
  }

  /** Connects. */
  static PublisherSession open(BrokerConnection connection) throws Exception {
    ServerLocator locator = ActiveMQClient.createServerLocator(connection.url());
    try {
      locator.setReconnectAttempts(0).setInitialConnectAttempts(1);
      locator.setBlockOnDurableSend(false).setCallTimeout(CONFIRMATION_MILLIS);
      ClientSessionFactory factory = locator.createSessionFactory();
      String client = CLIENT + UUID.randomUUID();
      return new PublisherSession(
          locator,
          factory.createSession(
              connection.user(), connection.password(), false, false, true, false, 0, client));
    } catch (Exception e) {
      locator.close();
      throw e;
    }
  }

  boolean isOpen() {
    return !producer.isClosed();
  }

  /** Sends an event, as a part of the transaction. */
  void send(CloudEvent event) throws ActiveMQException {
    producer.send(SimpleString.of(event.address()), message(event));
  }

  private ClientMessage message(CloudEvent event) {
    ClientMessage message = session.createMessage(Message.TEXT_TYPE, true);
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

  void commit() throws ActiveMQException {
    session.commit();
  }

  void rollback() throws ActiveMQException {
    session.rollback();
  }

  @Override
  public void close() {
    locator.close();
  }
}
