package io.gatehouse.camel;

import io.gatehouse.Instance;
import io.gatehouse.command.ProbeResults;
import io.gatehouse.directory.OutcomeStore;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Readiness: the results of the latest probes, one indicator for each part. */
@Configuration(proxyBeanMethods = false)
class ReadinessConfiguration {

  @Bean
  ProbeResults probeResults() {
    return new ProbeResults(System::nanoTime);
  }

  @Bean
  ReadinessProbes readinessProbes(
      ProbeResults probeResults,
      @Qualifier("probedOutcomes") OutcomeStore store,
      Instance instance,
      CamelContext camel) {
    return new ReadinessProbes(probeResults, store, instance, camel);
  }

  @Bean
  HealthIndicator brokerHealthIndicator(ProbeResults probeResults) {
    return indicator(probeResults, ProbeResults.Part.BROKER);
  }

  @Bean
  HealthIndicator databaseHealthIndicator(ProbeResults probeResults) {
    return indicator(probeResults, ProbeResults.Part.DATABASE);
  }

  @Bean
  HealthIndicator commandsHealthIndicator(ProbeResults probeResults) {
    return indicator(probeResults, ProbeResults.Part.COMMANDS);
  }

  private static HealthIndicator indicator(ProbeResults probeResults, ProbeResults.Part part) {
    return () -> (probeResults.down().contains(part) ? Health.down() : Health.up()).build();
  }
}
