package io.gatehouse.embedded;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.broker.BrokerConnection;
import io.gatehouse.edge.SignIns;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is not configured is embedded. */
@Configuration(proxyBeanMethods = false)
class EmbeddedConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnExpression("'${gatehouse.db.url:}'.isEmpty()")
  static class Database {

    @Bean
    EmbeddedDatabase embeddedDatabase(DataFolder folder) throws IOException {
      return EmbeddedDatabase.start(folder);
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
          return "postgres";
        }

        @Override
        public String getPassword() {
          return database.password();
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
      return EmbeddedBroker.start(folder, settings.broker().port(), signIns);
    }

    @Bean
    BrokerConnection embeddedBrokerConnection(EmbeddedBroker broker) {
      return new BrokerConnection(
          broker.url(), EmbeddedBroker.USER, broker.password(), broker.port());
    }
  }
}
