package io.gatehouse.tenant;

import io.gatehouse.scim.Schemas;
import java.util.UUID;

/** The schemas of the tenants. */
public interface TenantSchemas {

  /** The schemas of a tenant; cached for a few seconds. */
  Schemas of(UUID tenant);

  /** Drops the cached schemas of a tenant, because they have changed. */
  void changed(UUID tenant);
}
