package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.Probes;
import io.gatehouse.directory.Outcomes;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Readiness: what the last probes have shown, one indicator for each part. */
@Configuration(proxyBeanMethods = false)
class ReadinessConfiguration {

  @Bean
  Probes probes() {
    return new Probes(System::nanoTime);
  }

  @Bean
  Readiness readiness(
      Probes probes,
      @Qualifier("probedOutcomes") Outcomes store,
      Instance instance,
      CamelContext camel) {
    return new Readiness(probes, store, instance, camel);
  }

  @Bean
  HealthIndicator brokerHealthIndicator(Probes probes) {
    return indicator(probes, Probes.Part.BROKER);
  }

  @Bean
  HealthIndicator databaseHealthIndicator(Probes probes) {
    return indicator(probes, Probes.Part.DATABASE);
  }

  @Bean
  HealthIndicator commandsHealthIndicator(Probes probes) {
    return indicator(probes, Probes.Part.COMMANDS);
  }

  private static HealthIndicator indicator(Probes probes, Probes.Part part) {
    return () -> (probes.down().contains(part) ? Health.down() : Health.up()).build();
  }
}
