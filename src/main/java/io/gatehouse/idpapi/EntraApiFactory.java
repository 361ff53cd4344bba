package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.ApiAccess.Client;
import io.gatehouse.tenant.Connections.Connection;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Entra ID: a tenant and client credentials, for Microsoft Graph.
 *
 * @param authority the base URL of the token endpoint
 */
record EntraApiFactory(ThrottledClients lines, URI authority, GraphFeeds feeds)
    implements IdpApiFactory {

  private static final URI GRAPH = URI.create("https://graph.microsoft.com");
  private static final Map<String, String> SCOPE =
      Map.of("scope", "https://graph.microsoft.com/.default");

  @Override
  public Optional<IdpApi> open(Connection connection, ApiAccess access) {
    Client client = access.client();
    return client == null || !ApiClient.isId(access.tenant())
        ? Optional.empty()
        : Optional.of(open(connection, access, client));
  }

  private IdpApi open(Connection connection, ApiAccess access, Client client) {
    ThrottledClient line = lines.open();
    String base = authority.toString().replaceAll("/+$", "");
    URI token = URI.create(base + "/" + access.tenant() + "/oauth2/v2.0/token");
    ApiCredentials credentials = lines.form(line, token, client, SCOPE);
    ApiClient api = new ApiClient(access.url() == null ? GRAPH : access.url(), line, credentials);
    return new GraphApi(api, access.scope(), feeds.of(connection, api));
  }
}
