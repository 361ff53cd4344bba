package io.gatehouse.wiring;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.audit.AuditChain;
import io.gatehouse.audit.AuditChaining;
import io.gatehouse.audit.AuditCheckpoints;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.audit.AuditSeal;
import io.gatehouse.audit.AuditVerification;
import io.gatehouse.security.RequestOrigins;
import io.gatehouse.store.UnitOfWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the chains of the audit log. The bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {

  @Bean
  AuditChaining auditChaining(UnitOfWork unit, AuditChain chain, AuditSeal seal) {
    return new AuditChaining(unit, chain, seal);
  }

  @Bean
  AuditCheckpoints auditCheckpoints(AuditChain chain, GatehouseProperties settings) {
    return new AuditCheckpoints(chain, settings.data());
  }

  @Bean
  AuditVerification auditVerification(
      AuditChain chain, AuditSeal seal, AuditCheckpoints checkpoints) {
    return new AuditVerification(chain, seal, checkpoints);
  }

  @Bean
  AuditLog.Origins auditOrigins(RequestOrigins requests) {
    return requests::current;
  }
}
