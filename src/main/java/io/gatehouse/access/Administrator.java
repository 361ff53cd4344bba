package io.gatehouse.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The administrator, or the API token, that a call comes from.
 *
 * @param id null for the admin token of the data folder
 * @param name as it stands in the audit log
 * @param tenants the tenants that the administrator sees and controls; null for all
 */
public record Administrator(
    @Nullable UUID id, String name, Role role, @Nullable Set<UUID> tenants) {

  /** The holder of the admin token of the data folder. */
  public static final Administrator ROOT = new Administrator(null, "admin", Role.ADMIN, null);

  /** Whether the administrator sees and controls this tenant. */
  public boolean isOf(UUID tenant) {
    return tenants == null || tenants.contains(tenant);
  }

  /** Whether the administrator sees and controls all tenants, and the gateway itself. */
  public boolean isOfAllTenants() {
    return tenants == null;
  }

  /** The actor of commands and audit entries: {@code admin} or {@code admin:<name>}. */
  public String actor() {
    return id == null ? "admin" : "admin:" + name;
  }
}
