package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.support.BrokerProcess;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Health;
import io.gatehouse.support.ScimClient;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A gateway whose database and broker can be stopped, frozen and filled. */
public final class PartsDown implements AutoCloseable {

  private final ExternalDatabase database;
  private final BrokerProcess broker;
  private final Gateway gateway;

  public PartsDown(Path folder) throws IOException {
    database = ExternalDatabase.start(folder.resolve("pg"));
    broker = BrokerProcess.start(folder);
    gateway =
        Gateway.start(
            Gateway.temporaryFolder(),
            Stream.of(database.settings(), broker.settings())
                .flatMap(Stream::of)
                .toArray(String[]::new));
  }

  public ExternalDatabase database() {
    return database;
  }

  BrokerProcess broker() {
    return broker;
  }

  public Health health() {
    return new Health(gateway);
  }

  public ScimClient idp() {
    return gateway.connection("standard");
  }

  /** Whether another instance could tell this one that a command was applied. */
  boolean canHear() {
    String queue = gateway.bean(Instance.class).replyQueue();
    try (Connection connection = gateway.bean(ConnectionFactory.class).createConnection();
        Session session = connection.createSession();
        QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
      connection.start();
      return !browser.getEnumeration().hasMoreElements();
    } catch (JMSException e) {
      return false;
    }
  }

  @Override
  public void close() {
    gateway.close();
    broker.close();
    database.close();
  }
}
