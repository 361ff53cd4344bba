package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpStates;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.SecretCipher;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the subscriptions of connections at Microsoft Graph.
 *
 * @param publicUrl the public URL of the gateway; null when it has none
 */
record GraphFeeds(@Nullable URI publicUrl, IdpStates states, SecretCipher vault, Clock clock) {

  /** The subscriptions of a connection; empty without a public URL and a webhook secret. */
  Optional<GraphSubscriptions> of(Connection connection, ApiClient api) {
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
