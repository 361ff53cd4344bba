package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.signin.ClientAddresses;
import io.gatehouse.signin.RefusalLog;
import io.gatehouse.signin.SignIns;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the counting and reporting of refused credentials, in all realms. */
@Configuration(proxyBeanMethods = false)
class SignInConfiguration {

  @Bean
  ClientAddresses clientAddresses(GatehouseProperties settings) {
    return new ClientAddresses(settings.trustedProxies());
  }

  @Bean
  RefusalReports refusalReports(AuditLog audit) {
    return new RefusalReports(audit);
  }

  @Bean
  RefusalLog refusalLog(RefusalReports reports, MeterRegistry meters, Clock clock) {
    for (SignIns.Realm realm : SignIns.Realm.values()) {
      refused(realm.word(), meters);
    }
    RefusalLog log =
        new RefusalLog(reports::keep, realm -> refused(realm, meters).increment(), clock);
    reports.summarize(log);
    return log;
  }

  private static Counter refused(String realm, MeterRegistry meters) {
    return Counter.builder("gatehouse.security.refused")
        .description("attempts to sign in that were refused")
        .tag("realm", realm)
        .register(meters);
  }

  @Bean
  SignIns signIns(GatehouseProperties settings, RefusalLog log, Clock clock) {
    return new SignIns(settings.signIn().maxFailures(), log, clock);
  }
}
