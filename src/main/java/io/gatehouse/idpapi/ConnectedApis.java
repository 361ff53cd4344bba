package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.ConnectionSettings;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApis;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One API for each connection that has access to one, kept as long as its settings stay, because
 * the token and what is known of the IdP's state belong to it.
 */
final class ConnectedApis implements IdpApis {

  private final Vendors vendors;
  private final Vault vault;
  private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();

  ConnectedApis(Vendors vendors, Vault vault) {
    this.vendors = vendors;
    this.vault = vault;
  }

  private record Kept(JsonNode settings, IdpApi api) {}

  @Override
  public Optional<IdpApi> of(Connection connection) {
    return Optional.ofNullable(
            kept.compute(connection.id(), (id, known) -> current(connection, known)))
        .map(Kept::api);
  }

  private @Nullable Kept current(Connection connection, @Nullable Kept known) {
    JsonNode settings = connection.settings().path(ConnectionSettings.API);
    if (known != null && known.settings().equals(settings)) {
      return known;
    }
    return ApiAccess.of(connection.settings(), vault)
        .flatMap(access -> vendors.api(connection, access))
        .map(api -> new Kept(settings.deepCopy(), api))
        .orElse(null);
  }
}
