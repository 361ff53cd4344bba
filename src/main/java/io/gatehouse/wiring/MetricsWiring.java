package io.gatehouse.wiring;

import io.gatehouse.broker.QueueBacklogs;
import io.gatehouse.command.ProbeResults;
import io.gatehouse.directory.Backlogs;
import io.gatehouse.directory.RateCounters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the metrics of several stages; src/docs/operations.md lists all. Labels have few values,
 * none of them from a client, a tenant or a subscriber. The bean names are the ones that the routes
 * use.
 */
@Configuration(proxyBeanMethods = false)
class MetricsWiring {

  @Bean
  BacklogGauges backlogGauges(Backlogs backlogs, QueueBacklogs queueBacklogs, Clock clock) {
    return new BacklogGauges(backlogs, queueBacklogs::read, clock);
  }

  @Bean
  MeterBinder readinessGauges(ProbeResults probeResults) {
    return registry -> {
      for (ProbeResults.Part part : ProbeResults.Part.values()) {
        Gauge.builder(
                "gatehouse.housekeeping.up", probeResults, it -> it.down().contains(part) ? 0 : 1)
            .description("whether a part that writes need works")
            .tag("part", part.word())
            .register(registry);
      }
    };
  }

  @Bean
  RateCounters.Observer latencies(MeterRegistry registry) {
    String description = "commands, from acceptance to outcome";
    Timer applied = timer("gatehouse.command.latency", description, registry, "applied");
    Timer refused = timer("gatehouse.command.latency", description, registry, "refused");
    Timer announced =
        Timer.builder("gatehouse.change.latency")
            .description("changes, from outcome to announcement")
            .register(registry);
    return new RateCounters.Observer() {
      @Override
      public void applied(boolean isRefused, Duration since) {
        record(isRefused ? refused : applied, since);
      }

      @Override
      public void announced(Duration since) {
        record(announced, since);
      }
    };
  }

  /** A time is below zero when the clock was set back meanwhile. */
  private static void record(Timer timer, Duration since) {
    timer.record(since.isNegative() ? Duration.ZERO : since);
  }

  private static Timer timer(
      String name, String description, MeterRegistry registry, String outcome) {
    return Timer.builder(name).description(description).tag("outcome", outcome).register(registry);
  }
}
