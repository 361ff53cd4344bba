package io.gatehouse.postgres;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.webhook.DeliveryAttempts;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.Endpoints;
import io.gatehouse.delivery.webhook.PendingDeliveries;
import io.gatehouse.tenant.SecretCipher;
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
      JdbcClient jdbc, PlatformTransactionManager transactions, SecretCipher cipher) {
    return new PostgresEndpointSecrets(jdbc, new TransactionTemplate(transactions), cipher);
  }

  @Bean
  Endpoints endpoints(
      JdbcClient jdbc, PlatformTransactionManager transactions, EndpointSecrets secrets) {
    return new PostgresEndpoints(jdbc, new TransactionTemplate(transactions), secrets);
  }

  @Bean
  PendingDeliveries pendingDeliveries(JdbcClient jdbc) {
    return new PostgresPendingDeliveries(jdbc);
  }

  @Bean
  DeliveryAttempts deliveryAttempts(
      JdbcClient jdbc, PlatformTransactionManager transactions, AuditLog audit) {
    return new PostgresDeliveryAttempts(jdbc, new TransactionTemplate(transactions), audit);
  }
}
