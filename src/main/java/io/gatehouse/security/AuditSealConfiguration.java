package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.audit.AuditSeal;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The key of the audit log, derived from the one with which stored secrets are sealed. */
@Configuration(proxyBeanMethods = false)
public class AuditSealConfiguration {

  @Bean
  AuditSeal auditSeal(GatehouseProperties settings) throws IOException {
    return new AuditSeal(
        OperatorSecret.of(OperatorSecret.SECRET_KEY, settings.secretKey(), settings.data()));
  }
}
