package io.gatehouse.support;

import io.gatehouse.broker.BrokerConnection;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The broker as the gateway sees it, with all rights. */
public final class BrokerView implements AutoCloseable {

  private final ServerLocator locator;
  private final ClientSessionFactory factory;
  private final ClientSession session;

  private BrokerView(BrokerConnection broker) throws Exception {
    locator = ActiveMQClient.createServerLocator(broker.url());
    factory = locator.createSessionFactory();
    session = factory.createSession(broker.user(), broker.password(), false, true, true, false, 0);
    session.start();
  }

  public static BrokerView of(Gateway gateway) throws Exception {
    return new BrokerView(gateway.bean(BrokerConnection.class));
  }

  public ClientSession session() {
    return session;
  }

  /** What is on a queue, without taking it off. */
  public List<ClientMessage> messages(String queue) throws Exception {
    List<ClientMessage> messages = new ArrayList<>();
    try (ClientConsumer browser = session.createConsumer(queue, true)) {
      ClientMessage message = browser.receiveImmediate();
      while (message != null) {
        messages.add(message);
        message = browser.receiveImmediate();
      }
    }
    return messages;
  }

  @Override
  public void close() throws Exception {
    session.close();
    factory.close();
    locator.close();
  }
}
