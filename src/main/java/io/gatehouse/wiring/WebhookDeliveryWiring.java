package io.gatehouse.wiring;

import io.gatehouse.delivery.EventRenderer;
import io.gatehouse.delivery.webhook.DeliveryAttempts;
import io.gatehouse.delivery.webhook.EndpointSecrets;
import io.gatehouse.delivery.webhook.PendingDeliveries;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.gatehouse.delivery.webhook.WebhookRequests;
import io.gatehouse.delivery.webhook.WebhookSender;
import io.gatehouse.store.UnitOfWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the delivery of events to endpoints; a route runs the sender. The bean names are the ones
 * that the routes use.
 */
@Configuration(proxyBeanMethods = false)
class WebhookDeliveryWiring {

  @Bean
  WebhookRequests webhookRequests(
      EventRenderer renderer, EndpointSecrets secrets, WebhookClient client, Clock clock) {
    return new WebhookRequests(renderer, secrets, client, clock);
  }

  @Bean
  WebhookSender webhookSender(
      UnitOfWork unit,
      PendingDeliveries deliveries,
      DeliveryAttempts deliveryAttempts,
      WebhookRequests requests,
      Clock clock,
      MeterRegistry meters) {
    Map<String, Counter> attempts =
        Stream.of("delivered", "failed", "disabled")
            .collect(Collectors.toMap(Function.identity(), it -> attempts(it, meters)));
    return new WebhookSender(
        unit,
        deliveries,
        deliveryAttempts,
        requests,
        clock,
        outcome -> attempts.getOrDefault(outcome, attempts("other", meters)).increment());
  }

  private static Counter attempts(String outcome, MeterRegistry meters) {
    return Counter.builder("gatehouse.delivery.webhooks")
        .description("attempts to post an event to an endpoint")
        .tag("outcome", outcome)
        .register(meters);
  }
}
