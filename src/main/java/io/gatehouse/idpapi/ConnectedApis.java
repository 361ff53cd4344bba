package io.gatehouse.idpapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.inbox.IdpApi;
import io.gatehouse.inbox.IdpApiException;
import io.gatehouse.inbox.IdpApis;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.SecretCipher;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One API for each connection with access to one. It is kept until the settings change, because it
 * holds the access token and the IdP's rate limit state.
 */
final class ConnectedApis implements IdpApis {

  private final Map<String, IdpApiFactory> vendors;
  private final SecretCipher cipher;
  private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();

  /**
   * Creates the APIs.
   *
   * @param vendors the factories by the name of the IdP
   */
  ConnectedApis(Map<String, IdpApiFactory> vendors, SecretCipher cipher) {
    this.vendors = vendors;
    this.cipher = cipher;
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
    IdpApiFactory factory = vendors.get(connection.idp());
    return factory == null
        ? null
        : opened(connection, factory)
            .map(api -> new Kept(connection.settings().deepCopy(), api))
            .orElse(null);
  }

  private Optional<IdpApi> opened(Connection connection, IdpApiFactory factory) {
    try {
      return ApiAccess.of(connection.settings(), cipher)
          .flatMap(access -> factory.open(connection, access));
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IdpApiException("The secrets in the settings cannot be opened", null, e);
    }
  }
}
