package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import io.gatehouse.lifecycle.Brake;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What tenants and connections have settled, as far as a batch must know it.
 *
 * @param tenants by id; the default rules hold where there are none
 * @param brakes by connection, where somebody may leave
 * @param unlinked connections that link nobody automatically
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
