package io.gatehouse.idpapi;

import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ApiAccess.Client;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.inbox.IdpApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** OneLogin: an address and client credentials. */
record OneLoginVendor(Lines lines) implements Vendor {

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    URI url = access.url();
    Client client = access.client();
    return url == null || client == null
        ? Optional.empty()
        : Optional.of(open(url, client, access.scope()));
  }

  private IdpApi open(URI url, Client client, ApiAccess.Scope scope) {
    Line line = lines.open();
    URI token = url.resolve("/auth/oauth2/v2/token");
    Api api = new Api(url, line, lines.basic(line, token, client, Map.of()));
    return new OneLogin(api, scope, new OneLoginLog(api, lines.clock()));
  }
}
