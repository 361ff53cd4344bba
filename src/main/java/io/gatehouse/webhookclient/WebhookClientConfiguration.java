package io.gatehouse.webhookclient;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.delivery.webhook.WebhookClient;
import java.net.InetAddress;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the HTTP client of outbound webhooks; a route calls the webhook sender. */
@Configuration(proxyBeanMethods = false)
class WebhookClientConfiguration {

  private static final Duration TOTAL = Duration.ofSeconds(15);

  private static final Duration DOCUMENT = Duration.ofSeconds(3);

  @Bean
  CheckedDnsResolver checkedDnsResolver(GatehouseProperties settings) {
    return new CheckedDnsResolver(new DestinationPolicy(settings.endpoints().allowPrivate()));
  }

  @Bean
  DocumentFetcher documentFetcher(CheckedDnsResolver names) {
    return new DocumentFetcher(names, DOCUMENT);
  }

  @Bean
  WebhookClient webhookClient(GatehouseProperties settings) {
    return new HttpWebhookClient(
        new DestinationPolicy(settings.endpoints().allowPrivate()),
        InetAddress::getAllByName,
        TOTAL);
  }
}
