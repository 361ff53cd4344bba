package io.gatehouse.http;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.delivery.Attempts;
import io.gatehouse.delivery.Courier;
import io.gatehouse.delivery.Destinations;
import io.gatehouse.delivery.Dispatch;
import io.gatehouse.delivery.EndpointSecrets;
import io.gatehouse.delivery.Errands;
import io.gatehouse.delivery.Receivers;
import io.gatehouse.delivery.Rendering;
import io.gatehouse.directory.UnitOfWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what posts events to endpoints; the courier is called by a route. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

  private static final Duration TOTAL = Duration.ofSeconds(15);
  private static final Duration DOCUMENT = Duration.ofSeconds(3);

  @Bean
  CheckedNames checkedNames(GatehouseProperties settings) {
    return new CheckedNames(new Destinations(settings.endpoints().allowPrivate()));
  }

  @Bean
  Documents documents(CheckedNames names) {
    return new Documents(names, DOCUMENT);
  }

  @Bean
  Receivers receivers(GatehouseProperties settings) {
    return new HttpReceivers(
        new Destinations(settings.endpoints().allowPrivate()), InetAddress::getAllByName, TOTAL);
  }

  @Bean
  Dispatch dispatch(
      Rendering rendering, EndpointSecrets secrets, Receivers receivers, Clock clock) {
    return new Dispatch(rendering, secrets, receivers, clock);
  }

  @Bean
  Courier courier(
      UnitOfWork unit,
      Errands errands,
      Attempts attempts,
      Dispatch dispatch,
      Clock clock,
      MeterRegistry meters) {
    return new Courier(
        unit,
        errands,
        attempts,
        dispatch,
        clock,
        outcome ->
            Counter.builder("gatehouse.delivery.webhooks")
                .description("attempts to post an event to an endpoint")
                .tag("outcome", outcome)
                .register(meters)
                .increment());
  }
}
