package io.gatehouse.idpapi;

import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ApiAccess.Client;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.inbox.IdpApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Okta: an address, and an API token or client credentials. */
record OktaVendor(Lines lines) implements Vendor {

  private static final Map<String, String> SCOPES =
      Map.of("scope", "okta.users.read okta.groups.read okta.apps.read okta.logs.read");

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    return Optional.ofNullable(access.url()).map(url -> open(url, access));
  }

  private IdpApi open(URI url, ApiAccess access) {
    Line line = lines.open();
    Client client = access.client();
    SignIn signIn =
        client == null
            ? () -> "SSWS " + access.token()
            : lines.basic(line, url.resolve("/oauth2/v1/token"), client, SCOPES);
    Api api = new Api(url, line, signIn);
    return new Okta(api, access.scope(), new OktaLog(api, lines.clock()));
  }
}
