package io.gatehouse.support;

import io.gatehouse.broker.BrokerConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything that a gateway keeps, as text to search: all tables, all queues and the log. */
public final class Traces {

  private final Map<String, String> places = new LinkedHashMap<>();

  private Traces() {}

  /** All that is there now. */
  public static Traces of(Gateway gateway, String log) throws Exception {
    Traces traces = new Traces();
    traces.tables(gateway.bean(JdbcClient.class));
    traces.queues(gateway.bean(BrokerConnection.class));
    traces.put("log", log);
    return traces;
  }

  /** Where a text stands, in whatever case. */
  public Set<String> of(String text) {
    Set<String> found = new TreeSet<>();
    places.forEach(
        (place, content) -> {
          if (content.contains(text.toLowerCase(Locale.ROOT))) {
            found.add(place);
          }
        });
    return found;
  }

  /** The lines with the text. */
  public List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    places.forEach(
        (place, content) ->
            content
                .lines()
                .filter(line -> line.contains(text.toLowerCase(Locale.ROOT)))
                .forEach(line -> lines.add(place + ": " + line)));
    return lines;
  }

  /** All places that were searched. */
  public Set<String> places() {
    return places.keySet();
  }

  private void put(String place, String content) {
    places.put(place, content.toLowerCase(Locale.ROOT));
  }

  private void tables(JdbcClient jdbc) {
    for (String table :
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'public'")
            .query(String.class)
            .list()) {
      put(
          table,
          String.join(
              "\n",
              jdbc.sql("select row_to_json(t)::text || t::text from \"" + table + "\" t")
                  .query(String.class)
                  .list()));
    }
  }

  private void queues(BrokerConnection broker) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session =
            factory.createSession(broker.user(), broker.password(), false, true, true, false, 0)) {
      session.start();
      for (String queue : queueNames(session)) {
        put("queue " + queue, String.join("\n", messages(session, queue)));
      }
    }
  }

  private static List<String> queueNames(ClientSession session) throws Exception {
    try (ClientRequestor requestor = new ClientRequestor(session, "activemq.management")) {
      ClientMessage call = session.createMessage(false);
      ManagementHelper.putAttribute(call, ResourceNames.BROKER, "queueNames");
      Object names = ManagementHelper.getResult(requestor.request(call, 5_000));
      List<String> queues = new ArrayList<>();
      for (Object name : (Object[]) names) {
        // but for the one that this answer came by
        if (!name.toString().startsWith("activemq.management")) {
          queues.add(name.toString());
        }
      }
      return queues;
    }
  }

  private static List<String> messages(ClientSession session, String queue)
      throws ActiveMQException {
    List<String> messages = new ArrayList<>();
    try (ClientConsumer browser = session.createConsumer(queue, true)) {
      ClientMessage message = browser.receiveImmediate();
      while (message != null) {
        messages.add(
            message.toPropertyMap()
                + " "
                + message.getReadOnlyBodyBuffer().readNullableSimpleString());
        message = browser.receiveImmediate();
      }
    }
    return messages;
  }
}
