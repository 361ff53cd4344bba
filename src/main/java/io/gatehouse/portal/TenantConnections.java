package io.gatehouse.portal;

import io.gatehouse.admin.api.ConnectionsController;
import io.gatehouse.admin.api.ConnectionsController.ConnectionView;
import io.gatehouse.admin.api.TenantLookup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** The connections of the tenant in the path of a page. */
@Component
final class TenantConnections {

  private final ConnectionsController connections;
  private final TenantLookup tenantLookup;

  TenantConnections(ConnectionsController connections, TenantLookup tenantLookup) {
    this.connections = connections;
    this.tenantLookup = tenantLookup;
  }

  /** All of them; 404 when there is no such tenant. */
  List<ConnectionView> of(String tenant) {
    tenantLookup.known(tenant);
    return connections.all(tenant);
  }

  /** Their names by their ids. */
  Map<UUID, String> names(String tenant) {
    Map<UUID, String> names = new LinkedHashMap<>();
    of(tenant).forEach(it -> names.put(it.id(), it.name()));
    return names;
  }

  /** One of them; 404 when the tenant has no such connection. */
  ConnectionView one(String tenant, UUID id) {
    tenantLookup.known(tenant);
    ConnectionView found = connections.one(id);
    if (!found.tenant().equals(tenant)) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "The tenant has no connection " + id + ".");
    }
    return found;
  }
}
