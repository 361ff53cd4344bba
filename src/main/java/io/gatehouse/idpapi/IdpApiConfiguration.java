package io.gatehouse.idpapi;

import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.IdpApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the ports to the vendors' APIs. */
@Configuration(proxyBeanMethods = false)
class IdpApiConfiguration {

  @Bean
  JsonHttp idpHttp() {
    return new JsonHttp(JsonHttp.Limits.USUAL);
  }

  @Bean
  IdpApis idpApis(JsonHttp http, Vault vault, Clock clock) {
    return new ConnectedApis(new Vendors(http, clock), vault);
  }
}
