package io.gatehouse.tenant;

import io.gatehouse.tenant.Connections.Holder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the holders of SCIM credentials, many in one look-up, see {@link BatchLoader}. */
public interface Credentials {

  /**
   * Finds the holders of these tokens; unknown tokens are left out.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when that cannot be known now
   */
  Map<BearerToken, Holder> holders(Set<BearerToken> tokens);

  /**
   * Finds the connections that accept Entra ID tokens with these tenants and audiences. Only a
   * single connection identifies the caller.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when that cannot be known now
   */
  Map<EntraLogin, List<Holder>> entraHolders(Set<EntraLogin> logins);
}
