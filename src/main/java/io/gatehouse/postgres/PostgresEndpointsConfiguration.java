package io.gatehouse.postgres;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Attempts;
import io.gatehouse.delivery.EndpointSecrets;
import io.gatehouse.delivery.Endpoints;
import io.gatehouse.delivery.Errands;
import io.gatehouse.edge.Vault;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the ports of outbound webhooks to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class PostgresEndpointsConfiguration {

  @Bean
  EndpointSecrets endpointSecrets(
      JdbcClient jdbc, PlatformTransactionManager transactions, Vault vault) {
    return new PostgresEndpointSecrets(jdbc, new TransactionTemplate(transactions), vault);
  }

  @Bean
  Endpoints endpoints(
      JdbcClient jdbc, PlatformTransactionManager transactions, EndpointSecrets secrets) {
    return new PostgresEndpoints(jdbc, new TransactionTemplate(transactions), secrets);
  }

  @Bean
  Errands errands(JdbcClient jdbc) {
    return new PostgresErrands(jdbc);
  }

  @Bean
  Attempts attempts(JdbcClient jdbc, PlatformTransactionManager transactions, AuditLog audit) {
    return new PostgresAttempts(jdbc, new TransactionTemplate(transactions), audit);
  }
}
