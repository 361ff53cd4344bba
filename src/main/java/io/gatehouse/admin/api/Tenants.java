package io.gatehouse.admin.api;

import io.gatehouse.edge.Connections;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Connections.Tenant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the tenant, or the connection, that a call is about. */
@Component
final class Tenants {

  private final Connections connections;

  Tenants(Connections connections) {
    this.connections = connections;
  }

  /** The tenant in a path; 404 when there is none. */
  Tenant known(String slug) {
    return connections
        .tenant(slug)
        .orElseThrow(() -> Problem.notFound("There is no tenant '" + slug + "'."));
  }

  /** The connection in a path; 404 when there is none. */
  Connection connection(UUID id) {
    return connections
        .connection(id)
        .orElseThrow(() -> Problem.notFound("There is no connection " + id + "."));
  }

  /** The tenant in a body or a parameter; 400 when there is none. */
  Tenant given(@Nullable String slug) {
    String name = Slugs.require("tenant", slug);
    return connections
        .tenant(name)
        .orElseThrow(() -> Problem.badRequest("There is no tenant '" + name + "'."));
  }
}
