package io.gatehouse.idpapi;

import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ApiAccess.Client;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.inbox.IdpApi;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Entra ID: a tenant and client credentials, for Microsoft Graph.
 *
 * @param authority where tokens are issued
 */
record EntraVendor(Lines lines, URI authority, GraphFeeds feeds) implements Vendor {

  private static final URI GRAPH = URI.create("https://graph.microsoft.com");
  private static final Map<String, String> SCOPE =
      Map.of("scope", "https://graph.microsoft.com/.default");

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    Client client = access.client();
    return client == null || !Api.isId(access.tenant())
        ? Optional.empty()
        : Optional.of(open(connection, access, client));
  }

  private IdpApi open(Connection connection, ApiAccess access, Client client) {
    Line line = lines.open();
    String base = authority.toString().replaceAll("/+$", "");
    URI token = URI.create(base + "/" + access.tenant() + "/oauth2/v2.0/token");
    SignIn signIn = lines.form(line, token, client, SCOPE);
    Api api = new Api(access.url() == null ? GRAPH : access.url(), line, signIn);
    return new Graph(api, access.scope(), feeds.of(connection, api));
  }
}
