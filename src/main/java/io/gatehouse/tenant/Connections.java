package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores tenants, their connections and the tokens of the connections. */
public interface Connections {

  /** A customer. */
  record Tenant(UUID id, String slug, String name, ObjectNode settings) {}

  /** A connection of a tenant to an IdP. */
  record Connection(
      UUID id, UUID tenant, String tenantSlug, String name, String idp, ObjectNode settings) {}

  /** A token as it is listed, without its secret. */
  record IssuedToken(UUID id, String prefix, Instant createdAt, @Nullable Instant lastUsedAt) {}

  /** The caller that a token belongs to, and the settings of its connection. */
  record Holder(Caller caller, ObjectNode settings) {}

  /** Adds a tenant; false when the slug is taken. */
  boolean add(Tenant tenant);

  Optional<Tenant> tenant(String slug);

  List<Tenant> tenants();

  /** Changes some settings of a tenant and leaves the others; null removes one. */
  void changeTenant(UUID tenant, ObjectNode settings);

  void add(Connection connection);

  /** Changes some settings of a connection and leaves the others; null removes one. */
  void change(UUID connection, ObjectNode settings);

  /**
   * Removes a connection: its credentials are refused from then on, and it is not found. Its users
   * are released one by one afterwards.
   */
  void remove(UUID connection);

  Optional<Connection> connection(UUID id);

  List<Connection> connections();

  /**
   * Adds a token to a connection.
   *
   * @return empty when two are live already, which is enough for a rotation
   */
  Optional<IssuedToken> issue(UUID connection, BearerToken token);

  /** Revokes a token; false when the connection has no such live token. */
  boolean revoke(UUID connection, UUID token);

  /** Revokes a live token, unless it is the only one; false when it does not. */
  boolean revokeSpare(UUID connection, UUID token);

  default List<IssuedToken> liveTokens(UUID connection) {
    return liveTokens(List.of(connection)).getOrDefault(connection, List.of());
  }

  /** The live tokens of connections, the oldest first. */
  Map<UUID, List<IssuedToken>> liveTokens(Collection<UUID> connections);

  /**
   * The holder of one token; the sign-in of callers uses {@link Credentials}.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  Optional<Holder> holder(BearerToken token);

  /** The connections that accept Entra ID tokens with this tenant and audience. */
  List<Holder> holders(EntraLogin login);
}
