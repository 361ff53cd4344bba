package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.delivery.webhook.DestinationPolicy;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpStates;
import io.gatehouse.scim.Json;
import io.gatehouse.support.FakeIdp;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.SecretCipher;
import io.gatehouse.webhookclient.CheckedDnsResolver;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Opens the API of a connection as the gateway does, with less patience. */
final class Opened {

  private static final JsonHttp.Limits IMPATIENT =
      new JsonHttp.Limits(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(2));

  final SecretCipher vault = new SecretCipher("a secret for tests, and for nothing else");
  final ConnectedApis apis;

  /** Without an address at which Graph could call. */
  Opened(FakeIdp idp, Clock clock) {
    this(idp, clock, null, null);
  }

  Opened(FakeIdp idp, Clock clock, URI publicUrl, IdpStates states) {
    ThrottledClients clients =
        new ThrottledClients(
            new JsonHttp(IMPATIENT, new CheckedDnsResolver(new DestinationPolicy(true))), clock);
    GraphFeeds feeds = new GraphFeeds(publicUrl, states, vault, clock);
    URI authority = URI.create(idp.url() + "/");
    apis = new ConnectedApis(IdpApiConfiguration.vendors(clients, authority, feeds), vault);
  }

  IdpApi api(String idp, ObjectNode access) {
    return apis.of(connection(idp, access)).orElseThrow();
  }

  Connection connection(String idp, ObjectNode access) {
    ObjectNode settings = Json.object();
    settings.set(ConnectionSettings.API, access);
    return connection(UUID.randomUUID(), idp, settings);
  }

  Connection connection(UUID id, String idp, ObjectNode settings) {
    return new Connection(
        id, UUID.randomUUID(), "acme", idp, idp, ConnectionSettings.encrypted(settings, vault));
  }
}
