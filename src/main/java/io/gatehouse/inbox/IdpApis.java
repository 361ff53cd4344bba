package io.gatehouse.inbox;

import io.gatehouse.tenant.Connections.Connection;
import java.util.Optional;

/** The APIs of the IdPs. */
public interface IdpApis {

  /**
   * The API of a connection; empty when its settings have no access to one.
   *
   * @throws IdpApiException when they have one that cannot be read
   */
  Optional<IdpApi> of(Connection connection);
}
