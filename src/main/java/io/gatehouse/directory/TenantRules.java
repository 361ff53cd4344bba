package io.gatehouse.directory;

import io.gatehouse.scim.Schemas;
import java.time.Duration;

/**
 * The settings of a tenant.
 *
 * @param retention how long the data of a user who has left is kept
 * @param catalogue the schemas of the tenant
 */
public record TenantRules(Duration retention, Schemas catalogue) {

  public static final int DEFAULT_RETENTION_DAYS = 90;
  static final TenantRules DEFAULT =
      new TenantRules(Duration.ofDays(DEFAULT_RETENTION_DAYS), Schemas.STANDARD);
}
