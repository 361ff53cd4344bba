package io.gatehouse.wiring;

import io.gatehouse.store.FailFast;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.IdpSubscriptionIds;
import io.gatehouse.tenant.SecretCipher;
import io.gatehouse.webhook.WebhookConnections;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the receiving of webhooks. The bean names are the ones that the routes use. */
@Configuration(proxyBeanMethods = false)
class WebhookWiring {

  @Bean(initMethod = "refresh")
  WebhookConnections webhookConnections(
      Connections connections,
      IdpSubscriptionIds idpSubscriptionIds,
      WebhookConnections.Look look,
      SecretCipher cipher) {
    return new WebhookConnections(connections, idpSubscriptionIds, look, cipher);
  }

  @Bean
  WebhookConnections.Look webhookLook(
      @Qualifier("quickConnections") Connections connections,
      @Qualifier("quickFeeds") IdpSubscriptionIds feeds) {
    FailFast failFast = new FailFast();
    return new WebhookConnections.Look(
        id -> failFast.run(() -> connections.connection(id)), () -> failFast.run(feeds::all));
  }
}
