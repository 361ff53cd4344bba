package io.gatehouse.webhook;

import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.Connections.Connection;
import io.gatehouse.tenant.IdpSubscriptionIds;
import io.gatehouse.tenant.SecretCipher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections in memory, so that a webhook is taken in without the database. Those that are
 * known stay known while the database is away.
 */
public final class WebhookConnections {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookConnections.class);

  private final Connections connections;
  private final IdpSubscriptionIds idpSubscriptionIds;
  private final Look look;
  private final SecretCipher cipher;
  private volatile Map<UUID, WebhookConnection> known = Map.of();

  /** Finds out in a time that a caller can wait, or throws {@link StoreUnavailableException}. */
  public record Look(Function<UUID, Optional<Connection>> connection, IdpSubscriptionIds feeds) {}

  /** Nothing is known yet. */
  public WebhookConnections(
      Connections connections,
      IdpSubscriptionIds idpSubscriptionIds,
      Look look,
      SecretCipher cipher) {
    this.connections = connections;
    this.idpSubscriptionIds = idpSubscriptionIds;
    this.look = look;
    this.cipher = cipher;
  }

  /** Reads all of them; one after the other, so that what was read first is not what stays. */
  public synchronized void refresh() {
    try {
      Map<UUID, Set<String>> made = idpSubscriptionIds.all();
      Map<UUID, WebhookConnection> read = new HashMap<>();
      connections.connections().forEach(it -> read.put(it.id(), of(it, made.get(it.id()))));
      known = Map.copyOf(read);
    } catch (RuntimeException e) {
      LOG.warn("Connections cannot be read now; the known ones serve webhooks: {}", e.getMessage());
    }
  }

  /** Finds one; one that is not known may have been made on another instance a moment ago. */
  public Optional<WebhookConnection> find(UUID id) {
    WebhookConnection connection = known.get(id);
    return connection == null
        ? look.connection().apply(id).map(it -> of(it, null))
        : Optional.of(connection);
  }

  private WebhookConnection of(Connection it, @Nullable Set<String> made) {
    return new WebhookConnection(
        it.id(),
        it.idp(),
        secrets(it),
        feed -> made == null || made.contains(feed) || isMadeSince(it.id(), feed));
  }

  /** An IdP may call as soon as a subscription is made; in doubt nothing is lost. */
  private boolean isMadeSince(UUID connection, String feed) {
    try {
      return look.feeds().all().getOrDefault(connection, Set.of()).contains(feed);
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  /** One that cannot be opened takes nobody else's webhooks with it. */
  private List<String> secrets(Connection connection) {
    try {
      return ConnectionSettings.webhookSecrets(connection.settings(), cipher);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.error("The webhook secret of {} is not used: {}", connection.id(), e.getMessage());
      return List.of();
    }
  }
}
