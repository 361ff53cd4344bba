package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApi;
import io.gatehouse.tenant.ApiAccess;
import io.gatehouse.tenant.Connections.Connection;
import java.util.Optional;

/** Opens the API of one kind of IdP. */
interface IdpApiFactory {

  /** The API of a connection; empty when its access lacks what this vendor needs. */
  Optional<IdpApi> open(Connection connection, ApiAccess access);
}
