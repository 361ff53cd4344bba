package io.gatehouse.webhookclient;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.delivery.webhook.WebhookClient;
import io.gatehouse.http.HostNames;
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
  HostNames hostNames() {
    return InetAddress::getAllByName;
  }

  @Bean
  CheckedDnsResolver checkedDnsResolver(GatehouseProperties settings, HostNames hostNames) {
    return new CheckedDnsResolver(
        new DestinationPolicy(settings.endpoints().allowPrivate()), hostNames);
  }

  @Bean
  DocumentFetcher documentFetcher(CheckedDnsResolver names) {
    return new DocumentFetcher(names, DOCUMENT);
  }

  @Bean
  WebhookClient webhookClient(GatehouseProperties settings, HostNames hostNames) {
    return new HttpWebhookClient(
        new DestinationPolicy(settings.endpoints().allowPrivate()), hostNames, TOTAL);
  }
}
