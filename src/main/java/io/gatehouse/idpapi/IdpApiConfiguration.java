package io.gatehouse.idpapi;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.inbox.IdpApis;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.tenant.SecretCipher;
import io.gatehouse.webhookclient.CheckedDnsResolver;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ports to the vendors' APIs. */
@Configuration(proxyBeanMethods = false)
class IdpApiConfiguration {

  @Bean
  JsonHttp idpHttp(CheckedDnsResolver names) {
    return new JsonHttp(JsonHttp.Limits.USUAL, names);
  }

  @Bean
  GraphFeeds graphFeeds(
      GatehouseProperties settings, IdpStates states, SecretCipher cipher, Clock clock) {
    return new GraphFeeds(settings.publicUrl(), states, cipher, clock);
  }

  @Bean
  IdpApis idpApis(JsonHttp http, GraphFeeds feeds, GatehouseProperties settings, Clock clock) {
    ThrottledClients clients = new ThrottledClients(http, clock);
    return new ConnectedApis(vendors(clients, settings.entra().authority(), feeds), feeds.vault());
  }

  /** The factories by the name of the IdP. */
  static Map<String, IdpApiFactory> vendors(
      ThrottledClients clients, URI entraAuthority, GraphFeeds feeds) {
    return Map.of(
        "okta", new OktaApiFactory(clients),
        "entra", new EntraApiFactory(clients, entraAuthority, feeds),
        "onelogin", new OneLoginApiFactory(clients));
  }
}
