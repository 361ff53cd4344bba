package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.ApiAccess.Client;
import io.gatehouse.tenant.Connections.Connection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** OneLogin: an address and client credentials. */
record OneLoginApiFactory(ThrottledClients lines) implements IdpApiFactory {

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    URI url = access.url();
    Client client = access.client();
    return url == null || client == null
        ? Optional.empty()
        : Optional.of(open(url, client, access.scope()));
  }

  private IdpApi open(URI url, Client client, ApiAccess.Scope scope) {
    ThrottledClient line = lines.open();
    URI token = url.resolve("/auth/oauth2/v2/token");
    ApiClient api = new ApiClient(url, line, lines.basic(line, token, client, Map.of()));
    return new OneLoginApi(api, scope, new OneLoginLog(api, lines.clock()));
  }
}
