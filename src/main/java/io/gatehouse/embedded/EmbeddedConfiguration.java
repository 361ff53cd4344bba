package io.gatehouse.embedded;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.Instance;
import io.gatehouse.ProcessExit;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.postgres.OwnerConnection;
import io.gatehouse.signin.SignIns;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the embedded database and broker, each unless an external one is configured. */
@Configuration(proxyBeanMethods = false)
class EmbeddedConfiguration {

  @Bean
  Supervisor supervisor(ObjectProvider<EmbeddedPart> parts) {
    return new Supervisor(parts.stream().toList(), Supervisor.Limits.USUAL, ProcessExit::because);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("'${gatehouse.db.url:}'.isEmpty()")
  static class Database {

    @Bean
    EmbeddedDatabase embeddedDatabase(StartingDatabase starting)
        throws IOException, InterruptedException {
      return starting.await();
    }

    @Bean
    FlywayConnectionDetails embeddedOwner(EmbeddedDatabase database) {
      return new OwnerConnection(database.url(), database.owner());
    }

    @Bean
    EmbeddedPart databasePart(DataFolder folder, EmbeddedDatabase started) throws IOException {
      DatabaseServer server = DatabaseServer.startedIn(folder.path().resolve("pg"));
      return new EmbeddedPart("PostgreSQL", server::isRunning, server::restart);
    }

    @Bean
    JdbcConnectionDetails embeddedConnection(EmbeddedDatabase database) {
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return database.url();
        }

        @Override
        public String getUsername() {
          return database.gateway().user();
        }

        @Override
        public String getPassword() {
          return database.gateway().password();
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("'${gatehouse.broker.url:}'.isEmpty()")
  static class Broker {

    @Bean
    EmbeddedBroker embeddedBroker(DataFolder folder, GatehouseProperties settings, SignIns signIns)
        throws Exception {
      return EmbeddedBroker.start(
          folder,
          new EmbeddedBroker.Door(settings.bind(), settings.broker().port(), settings.tls()),
          signIns);
    }

    @Bean
    EmbeddedPart brokerPart(
        EmbeddedBroker server, io.gatehouse.broker.BrokerTopology client, Instance instance) {
      AtomicBoolean declared = new AtomicBoolean(true);
      return new EmbeddedPart(
          "broker",
          () -> server.isRunning() && declared.get(),
          () -> {
            declared.set(false);
            if (!server.isRunning()) {
              server.restart();
            }
            client.declare(instance);
            declared.set(true);
          });
    }

    @Bean
    BrokerConnection embeddedBrokerConnection(EmbeddedBroker broker, GatehouseProperties settings) {
      return new BrokerConnection(
          broker.url(),
          EmbeddedBroker.USER,
          broker.password(),
          broker.port(),
          settings.tls().isOn());
    }
  }
}
