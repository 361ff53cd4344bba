package io.gatehouse.tenant;

import io.gatehouse.tenant.Connections.Holder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who holds the credentials of SCIM. Many are looked up at once, see {@link BatchLoader}. */
public interface Credentials {

  /**
   * Finds who these tokens belong to; those that nobody has are left out.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when that cannot be known now
   */
  Map<BearerToken, Holder> holders(Set<BearerToken> tokens);

  /**
   * Finds the connections that take tokens of Entra with these tenants and audiences; only where it
   * is one does that say who calls.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when that cannot be known now
   */
  Map<EntraLogin, List<Holder>> entraHolders(Set<EntraLogin> logins);
}
