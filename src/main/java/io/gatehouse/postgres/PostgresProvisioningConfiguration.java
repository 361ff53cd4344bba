package io.gatehouse.postgres;

import io.gatehouse.audit.Refusals;
import io.gatehouse.tenant.ConnectionActivities;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires what is stored of the calls of connections and of their refusals. */
@Configuration(proxyBeanMethods = false)
class PostgresProvisioningConfiguration {

  @Bean
  ConnectionActivities connectionActivities(JdbcClient jdbc) {
    return new PostgresConnectionActivities(jdbc);
  }

  @Bean
  Refusals refusals(JdbcClient jdbc) {
    return new PostgresRefusals(jdbc);
  }
}
