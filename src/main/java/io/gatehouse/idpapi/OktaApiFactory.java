package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.ApiAccess.Client;
import io.gatehouse.tenant.Connections.Connection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Okta: an address, and an API token or client credentials. */
record OktaApiFactory(ThrottledClients lines) implements IdpApiFactory {

  private static final Map<String, String> SCOPES =
      Map.of("scope", "okta.users.read okta.groups.read okta.apps.read okta.logs.read");

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    return Optional.ofNullable(access.url()).map(url -> open(url, access));
  }

  private IdpApi open(URI url, ApiAccess access) {
    ThrottledClient line = lines.open();
    Client client = access.client();
    ApiCredentials credentials =
        client == null
            ? () -> "SSWS " + access.token()
            : lines.basic(line, url.resolve("/oauth2/v1/token"), client, SCOPES);
    ApiClient api = new ApiClient(url, line, credentials);
    return new OktaApi(api, access.scope(), new OktaLog(api, lines.clock()));
  }
}
