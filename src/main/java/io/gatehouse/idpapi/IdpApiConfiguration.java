package io.gatehouse.idpapi;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.edge.Vault;
import io.gatehouse.http.CheckedNames;
import io.gatehouse.inbox.ApiStates;
import io.gatehouse.inbox.IdpApis;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ports to the vendors' APIs. */
@Configuration(proxyBeanMethods = false)
class IdpApiConfiguration {

  @Bean
  JsonHttp idpHttp(CheckedNames names) {
    return new JsonHttp(JsonHttp.Limits.USUAL, names);
  }

  @Bean
  GraphFeeds graphFeeds(GatehouseProperties settings, ApiStates states, Vault vault, Clock clock) {
    return new GraphFeeds(settings.publicUrl(), states, vault, clock);
  }

  @Bean
  IdpApis idpApis(JsonHttp http, GraphFeeds feeds, GatehouseProperties settings, Clock clock) {
    Lines lines = new Lines(http, clock);
    return new ConnectedApis(vendors(lines, settings.entra().authority(), feeds), feeds.vault());
  }

  /** By the name of the IdP. */
  static Map<String, Vendor> vendors(Lines lines, URI entraAuthority, GraphFeeds feeds) {
    return Map.of(
        "okta", new OktaVendor(lines),
        "entra", new EntraVendor(lines, entraAuthority, feeds),
        "onelogin", new OneLoginVendor(lines));
  }
}
