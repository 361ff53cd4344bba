package io.gatehouse.portal;

import io.gatehouse.admin.api.ConnectionsController;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The names of the connections of a tenant, for columns and filters. */
@Component
final class ConnectionNames {

  private final ConnectionsController connectionsController;

  ConnectionNames(ConnectionsController connectionsController) {
    this.connectionsController = connectionsController;
  }

  /** The names by id; a connection that was removed has none. */
  Map<UUID, String> of(String tenant) {
    Map<UUID, String> names = new LinkedHashMap<>();
    connectionsController.all(tenant).forEach(it -> names.put(it.id(), it.name()));
    return names;
  }
}
