package io.gatehouse.tenant;

import io.gatehouse.scim.Schemas;
import java.util.UUID;

/** The schemas of the tenants. */
public interface TenantSchemas {

  /** What holds in a tenant now, give or take the few seconds for which it is remembered. */
  Schemas of(UUID tenant);

  /** Forgets what was remembered, because it has changed. */
  void changed(UUID tenant);
}
