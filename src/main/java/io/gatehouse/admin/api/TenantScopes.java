package io.gatehouse.admin.api;

import io.gatehouse.access.Administrator;
import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns the tenants of an administrator or a token from slugs into ids, and back. */
@Component
final class TenantScopes {

  private final TenantLookup tenantLookup;
  private final Connections connections;

  TenantScopes(TenantLookup tenantLookup, Connections connections) {
    this.tenantLookup = tenantLookup;
    this.connections = connections;
  }

  /**
   * The ids of these tenants; null for all.
   *
   * @throws ProblemException 403 when it is all, and the administrator controls only some; 400 when
   *     one of them is not there, or none is named
   */
  @Nullable Set<UUID> ids(@Nullable List<String> slugs) {
    if (slugs == null) {
      tenantLookup.requireAllTenants();
      return null;
    }
    if (slugs.isEmpty()) {
      throw ProblemException.badRequest(
          "Name at least one tenant, or all tenants ('tenants': null).");
    }
    Set<UUID> ids = new HashSet<>();
    slugs.forEach(it -> ids.add(tenantLookup.given(it).id()));
    return ids;
  }

  /** The slugs of these tenants, sorted; null for all. */
  @Nullable List<String> slugs(@Nullable Set<UUID> ids) {
    if (ids == null) {
      return null;
    }
    Map<UUID, String> slugs =
        connections.tenants().stream().collect(Collectors.toMap(Tenant::id, Tenant::slug));
    return ids.stream().map(slugs::get).filter(Objects::nonNull).sorted().toList();
  }

  /** Whether the administrator who is signed in controls all of these tenants. */
  static boolean covers(@Nullable Set<UUID> ids) {
    Administrator me = CurrentAdministrator.get();
    return me.isOfAllTenants() || (ids != null && ids.stream().allMatch(me::isOf));
  }
}
