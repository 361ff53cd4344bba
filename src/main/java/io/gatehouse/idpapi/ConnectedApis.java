package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApiException;
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

  private final Map<String, Vendor> vendors;
  private final Vault vault;
  private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();

  /**
   * Makes it.
   *
   * @param vendors by the name of the IdP
   */
  ConnectedApis(Map<String, Vendor> vendors, Vault vault) {
    this.vendors = vendors;
    this.vault = vault;
  }

  private record Kept(ObjectNode settings, IdpApi api) {}

  @Override
  public Optional<IdpApi> of(Connection connection) {
    return Optional.ofNullable(
            kept.compute(connection.id(), (id, known) -> current(connection, known)))
        .map(Kept::api);
  }

  private @Nullable Kept current(Connection connection, @Nullable Kept known) {
    if (known != null && known.settings().equals(connection.settings())) {
      return known;
    }
    Vendor vendor = vendors.get(connection.idp());
    return vendor == null
        ? null
        : opened(connection, vendor)
            .map(api -> new Kept(connection.settings().deepCopy(), api))
            .orElse(null);
  }

  private Optional<IdpApi> opened(Connection connection, Vendor vendor) {
    try {
      return ApiAccess.of(connection.settings(), vault)
          .flatMap(access -> vendor.open(connection, access));
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IdpApiException("The secrets in the settings cannot be opened", null, e);
    }
  }
}
