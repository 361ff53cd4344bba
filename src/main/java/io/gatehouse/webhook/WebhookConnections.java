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
 * All connections in memory, so that webhooks are received without the database. Known connections
 * stay available while the database is unavailable.
 */
public final class WebhookConnections {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookConnections.class);

  private final Connections connections;
  private final IdpSubscriptionIds idpSubscriptionIds;
  private final Look look;
  private final SecretCipher cipher;
  private volatile Map<UUID, WebhookConnection> known = Map.of();

  /** Look-ups with a short time limit; each may throw {@link StoreUnavailableException}. */
  public record Look(Function<UUID, Optional<Connection>> connection, IdpSubscriptionIds feeds) {}

  /** Creates an empty cache; {@link #refresh} fills it. */
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

  /**
   * Reads all connections. Runs are serialised, so that an older result does not replace a newer
   * one.
   */
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

  /**
   * Finds a connection; an unknown one is looked up in the store, because another instance may have
   * just created it.
   */
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

  /**
   * Looks a new subscription up, because an IdP may call as soon as it is created; true when the
   * store is unavailable, so that no call is lost.
   */
  private boolean isMadeSince(UUID connection, String feed) {
    try {
      return look.feeds().all().getOrDefault(connection, Set.of()).contains(feed);
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  /** The decrypted secrets; a secret that cannot be decrypted does not affect other connections. */
  private List<String> secrets(Connection connection) {
    try {
      return ConnectionSettings.webhookSecrets(connection.settings(), cipher);
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.error("The webhook secret of {} is not used: {}", connection.id(), e.getMessage());
      return List.of();
    }
  }
}
