package io.gatehouse.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;

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

  /** A broker that has no gateway in this process. */
  public static BrokerView of(BrokerProcess broker) throws Exception {
    return new BrokerView(new BrokerConnection(broker.url(), "gatehouse", "gatehouse", 0, false));
  }

  /** Copies what comes to an address to a queue of its own. */
  public void copy(String address, String to) throws Exception {
    session.createAddress(SimpleString.of(to), RoutingType.ANYCAST, false);
    session.createQueue(
        QueueConfiguration.of(to).setRoutingType(RoutingType.ANYCAST).setDurable(true));
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putOperationInvocation(
        call,
        ResourceNames.BROKER,
        "createDivert",
        "copy-of-" + address,
        "copy-of-" + address,
        address,
        to,
        false,
        null,
        null);
    answer(call);
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

  /** A number that the broker knows of an address. */
  public long addressAttribute(String address, String name) throws Exception {
    return ((Number) ask(ResourceNames.ADDRESS + address, name)).longValue();
  }

  /** A number that the broker knows of itself. */
  public long brokerAttribute(String name) throws Exception {
    return ((Number) ask(ResourceNames.BROKER, name)).longValue();
  }

  private Object ask(String resource, String name) throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putAttribute(call, resource, name);
    return answer(call);
  }

  /** What holds for an address. */
  public JsonNode settings(String address) throws Exception {
    ClientMessage call = session.createMessage(false);
    ManagementHelper.putOperationInvocation(
        call, ResourceNames.BROKER, "getAddressSettingsAsJSON", address);
    return Json.MAPPER.readTree(answer(call).toString());
  }

  private Object answer(ClientMessage call) throws Exception {
    try (ClientRequestor requestor = new ClientRequestor(session, "activemq.management")) {
      return ManagementHelper.getResult(requestor.request(call, 5_000));
    }
  }

  @Override
  public void close() throws Exception {
    session.close();
    factory.close();
    locator.close();
  }
}
