package io.gatehouse.admin.api;

import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.Connections.Tenant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the tenant or the connection that a call names. */
@Component
public final class TenantLookup {

  private final Connections connections;

  TenantLookup(Connections connections) {
    this.connections = connections;
  }

  /** The tenant in a path; 404 when there is none. */
  Tenant known(String slug) {
    return connections
        .tenant(slug)
        .orElseThrow(() -> ProblemException.notFound("There is no tenant '" + slug + "'."));
  }

  /** The connection in a path; 404 when there is none. */
  Connection connection(UUID id) {
    return connections
        .connection(id)
        .orElseThrow(() -> ProblemException.notFound("There is no connection " + id + "."));
  }

  /** The tenant in a body or a parameter; 400 when there is none. */
  public Tenant given(@Nullable String slug) {
    String name = SlugRules.require("tenant", slug);
    return connections
        .tenant(name)
        .orElseThrow(() -> ProblemException.badRequest("There is no tenant '" + name + "'."));
  }
}
