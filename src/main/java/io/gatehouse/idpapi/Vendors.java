package io.gatehouse.idpapi;

import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ApiAccess.Client;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.inbox.IdpApi;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** How one signs in at each vendor, and who reads its API. */
final class Vendors {

  private static final String OKTA_SCOPES =
      "okta.users.read okta.groups.read okta.apps.read okta.logs.read";

  private final JsonHttp http;
  private final Clock clock;

  Vendors(JsonHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /** The API of a connection; empty for other IdPs, and when its access lacks what is needed. */
  Optional<IdpApi> api(Connection connection, ApiAccess access) {
    return switch (connection.idp()) {
      case "okta" -> Optional.ofNullable(access.url()).map(url -> okta(url, access));
      default -> Optional.empty();
    };
  }

  private IdpApi okta(URI url, ApiAccess access) {
    Line line = new Line(http, clock);
    Api api = new Api(url, line, oktaSignIn(url, access, line));
    return new Okta(api, access.scope(), new OktaLog(api, clock));
  }

  private SignIn oktaSignIn(URI url, ApiAccess access, Line line) {
    if (access.client() == null) {
      return () -> "SSWS " + access.token();
    }
    Map<String, String> form = Map.of("grant_type", "client_credentials", "scope", OKTA_SCOPES);
    return credentials(url.resolve("/oauth2/v1/token"), access.client(), form, line);
  }

  private SignIn credentials(URI token, Client client, Map<String, String> form, Line line) {
    return new ClientCredentials(
        line, new Call("POST", token, basic(client), Call.Body.form(form)), clock);
  }

  private static String basic(Client client) {
    String both = client.id() + ":" + client.secret();
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }
}
