package io.gatehouse.idpapi;

import io.gatehouse.edge.ConnectionSettings;
import io.gatehouse.edge.Connections.Connection;
import io.gatehouse.edge.Vault;
import io.gatehouse.inbox.ApiStates;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom Microsoft Graph is asked to call.
 *
 * @param publicUrl of the gateway; null when it has none
 */
record GraphFeeds(@Nullable URI publicUrl, ApiStates states, Vault vault, Clock clock) {

  /** Nobody, without an address and a secret that shows who calls. */
  Optional<GraphSubscriptions> of(Connection connection, Api api) {
    List<String> secrets = ConnectionSettings.webhookSecrets(connection.settings(), vault);
    if (publicUrl == null || secrets.isEmpty()) {
      return Optional.empty();
    }
    String url = publicUrl.toString().replaceAll("/+$", "") + "/webhooks/entra/" + connection.id();
    GraphState state = new GraphState(connection.id(), states, vault);
    GraphCallback callback = new GraphCallback(url, secrets.get(0), clock);
    return Optional.of(new GraphSubscriptions(api, state, callback));
  }
}
