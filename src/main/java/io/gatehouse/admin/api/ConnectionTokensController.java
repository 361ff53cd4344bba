package io.gatehouse.admin.api;

import io.gatehouse.access.Requires;
import io.gatehouse.access.Role;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /connections/{id}/tokens}: the tokens with which an IdP calls; at most two are live. */
@RestController
@RequestMapping("/admin/api/v1/connections/{id}/tokens")
public final class ConnectionTokensController {

  private final Connections connections;
  private final TenantLookup tenantLookup;
  private final ConnectionCaches connectionCaches;
  private final ActRecorder acts;

  ConnectionTokensController(
      Connections connections,
      TenantLookup tenantLookup,
      ConnectionCaches connectionCaches,
      ActRecorder acts) {
    this.connections = connections;
    this.tenantLookup = tenantLookup;
    this.connectionCaches = connectionCaches;
    this.acts = acts;
  }

  /**
   * A new token.
   *
   * @param token shown here only; the gateway stores a hash
   */
  public record NewTokenView(UUID id, String token) {}

  @Requires(Role.ADMIN)
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  public NewTokenView rotate(@PathVariable UUID id) {
    Connection connection = tenantLookup.connection(id);
    NewTokenView issued = issue(connections, id);
    log(connection, "token.create", issued.id());
    return issued;
  }

  private void log(Connection connection, String action, UUID token) {
    acts.append(
        connection.tenant(), connection.id(), action, AccessRules.about("token", token.toString()));
  }

  @Requires(Role.ADMIN)
  @DeleteMapping("/{token}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void revoke(@PathVariable UUID id, @PathVariable UUID token) {
    Connection connection = tenantLookup.connection(id);
    if (!connections.revoke(id, token)) {
      throw ProblemException.notFound("The connection has no such live token.");
    }
    connectionCaches.renew();
    log(connection, "token.revoke", token);
  }

  static NewTokenView issue(Connections connections, UUID connection) {
    BearerToken token = BearerToken.generate();
    return connections
        .issue(connection, token)
        .map(it -> new NewTokenView(it.id(), token.secret()))
        .orElseThrow(
            () ->
                ProblemException.conflict("The connection has two live tokens; revoke one first."));
  }
}
