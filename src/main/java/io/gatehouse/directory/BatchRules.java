package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.lifecycle.Brake;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The settings of tenants and connections that a batch needs.
 *
 * @param tenants by id; the default rules hold for tenants without an entry
 * @param brakes by connection, where a user may leave
 * @param unlinked connections that do not link users automatically
 */
public record BatchRules(
    Map<UUID, TenantRules> tenants, Map<UUID, Brake> brakes, Set<UUID> unlinked) {

  public static final BatchRules NONE = new BatchRules(Map.of(), Map.of(), Set.of());

  TenantRules of(Caller caller) {
    return tenants.getOrDefault(caller.tenant(), TenantRules.DEFAULT);
  }

  boolean links(Caller caller) {
    return !unlinked.contains(caller.requireConnection());
  }
}
