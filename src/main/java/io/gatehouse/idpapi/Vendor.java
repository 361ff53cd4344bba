package io.gatehouse.idpapi;

import io.gatehouse.edge.ApiAccess;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.inbox.IdpApi;
import java.util.Optional;

/** Opens the API of one kind of IdP. */
interface Vendor {

  /** The API of a connection; empty when its access lacks what this vendor needs. */
  Optional<IdpApi> open(Connection connection, ApiAccess access);
}
