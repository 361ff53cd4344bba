package io.gatehouse.admin.api;

import io.gatehouse.security.CurrentAdministrator;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.Connections.Tenant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the tenant or the connection that a call names. What belongs to a tenant that the
 * administrator does not control is not there.
 */
@Component
public final class TenantLookup {

  private final Connections connections;

  TenantLookup(Connections connections) {
    this.connections = connections;
  }

  /** The tenant in a path; 404 when there is none. */
  public Tenant known(String slug) {
    return connections
        .tenant(slug)
        .filter(TenantLookup::isVisible)
        .orElseThrow(() -> ProblemException.notFound("There is no tenant '" + slug + "'."));
  }

  /** All tenants that the administrator controls. */
  public List<Tenant> all() {
    return connections.tenants().stream().filter(TenantLookup::isVisible).toList();
  }

  private static boolean isVisible(Tenant tenant) {
    return CurrentAdministrator.get().isOf(tenant.id());
  }

  /**
   * Refuses an administrator of some tenants only.
   *
   * @throws ProblemException 403
   */
  public void requireAllTenants() {
    if (!CurrentAdministrator.get().isOfAllTenants()) {
      throw ProblemException.forbidden("This needs an administrator of all tenants.");
    }
  }

  /** The connection in a path; 404 when there is none. */
  public Connection connection(UUID id) {
    return connections
        .connection(id)
        .filter(it -> CurrentAdministrator.get().isOf(it.tenant()))
        .orElseThrow(() -> ProblemException.notFound("There is no connection " + id + "."));
  }

  /** The tenant in a body or a parameter; 400 when there is none. */
  public Tenant given(@Nullable String slug) {
    String name = SlugRules.require("tenant", slug);
    return connections
        .tenant(name)
        .filter(TenantLookup::isVisible)
        .orElseThrow(() -> ProblemException.badRequest("There is no tenant '" + name + "'."));
  }
}
