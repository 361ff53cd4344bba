package io.gatehouse.edge;

import io.gatehouse.scim.Catalogue;
import java.util.UUID;

/** The schemas of the tenants. */
public interface Catalogues {

  /** What holds in a tenant now, give or take the few seconds for which it is remembered. */
  Catalogue of(UUID tenant);

  /** Forgets what was remembered, because it has changed. */
  void changed(UUID tenant);
}
