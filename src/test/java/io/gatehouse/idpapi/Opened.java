package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ConnectionSettings;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.scim.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Opens the API of a connection as the gateway does, with less patience. */
final class Opened {

  private static final JsonHttp.Limits IMPATIENT =
      new JsonHttp.Limits(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofSeconds(1));

  final Vault vault = new Vault("a secret for tests, and for nothing else");
  final ConnectedApis apis;

  Opened(Clock clock) {
    apis = new ConnectedApis(new Vendors(new JsonHttp(IMPATIENT), clock), vault);
  }

  IdpApi api(String idp, ObjectNode access) {
    return apis.of(connection(idp, access)).orElseThrow();
  }

  Connection connection(String idp, ObjectNode access) {
    ObjectNode settings = Json.object();
    settings.set(ConnectionSettings.API, access);
    return new Connection(
        UUID.randomUUID(),
        UUID.randomUUID(),
        "acme",
        idp,
        idp,
        ConnectionSettings.sealed(settings, vault));
  }
}
