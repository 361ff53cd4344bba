package io.gatehouse.wiring;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.command.FairShares;
import io.gatehouse.command.PendingOutcomes;
import io.gatehouse.directory.RateCounters;
import io.gatehouse.directory.Rates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the processing of commands. The bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class CommandWiring {

  /**
   * How many calls may wait for a place, for reads and for writes each. Running and waiting calls
   * together leave some HTTP threads to other requests.
   */
  private static final int MAX_QUEUED = 32;

  private static final Duration WRITE_PATIENCE = Duration.ofSeconds(1);

  @Bean
  PendingOutcomes pendingOutcomes(GatehouseProperties settings) {
    FairShares shares =
        new FairShares(
            new FairShares.Size(settings.command().maxWaiting(), MAX_QUEUED, WRITE_PATIENCE),
            System::nanoTime);
    return new PendingOutcomes(shares, settings.command().timeout());
  }

  @Bean
  RateCounters rateCounters(Rates rates, Clock clock, RateCounters.Observer latencies) {
    return new RateCounters(rates, clock, latencies);
  }

  @Bean
  MeterBinder waitingGauge(PendingOutcomes pendingOutcomes, GatehouseProperties settings) {
    int most = settings.command().maxWaiting();
    return registry -> {
      Gauge.builder("gatehouse.command.waiting", pendingOutcomes, PendingOutcomes::count)
          .description("requests that wait for the outcome of their command")
          .register(registry);
      Gauge.builder("gatehouse.command.waiting.limit", () -> most)
          .description("how many may wait")
          .register(registry);
    };
  }
}
