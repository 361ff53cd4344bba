package io.gatehouse.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tenants, their connections and the tokens of these. */
public interface Connections {

  /** A customer. */
  record Tenant(UUID id, String slug, String name, ObjectNode settings) {}

  /** An IdP of a tenant. */
  record Connection(
      UUID id, UUID tenant, String tenantSlug, String name, String idp, ObjectNode settings) {}

  /** A token as it is listed: never the secret. */
  record IssuedToken(UUID id, String prefix) {}

  /** Who holds a token, and the settings of the connection that it belongs to. */
  record Holder(Caller caller, ObjectNode settings) {}

  /** Adds a tenant; false when the slug is taken. */
  boolean add(Tenant tenant);

  Optional<Tenant> tenant(String slug);

  List<Tenant> tenants();

  /** Changes some settings of a tenant and leaves the others; null takes one back. */
  void changeTenant(UUID tenant, ObjectNode settings);

  void add(Connection connection);

  /** Changes some settings of a connection and leaves the others; null takes one back. */
  void change(UUID connection, ObjectNode settings);

  /**
   * Removes a connection: nobody is let in by it any more, and it is not found. Its people are
   * released one by one.
   */
  void remove(UUID connection);

  Optional<Connection> connection(UUID id);

  List<Connection> connections();

  /**
   * Adds a token to a connection.
   *
   * @return empty when two are live already, which is what rotation needs and no more
   */
  Optional<IssuedToken> issue(UUID connection, BearerToken token);

  /** Ends a token; false when the connection has no such live token. */
  boolean revoke(UUID connection, UUID token);

  List<IssuedToken> liveTokens(UUID connection);

  /**
   * Who holds one token; callers who sign in use {@link Credentials}.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when that cannot be known now
   */
  Optional<Holder> holder(BearerToken token);

  /** The connections that take tokens of Entra with this tenant and audience. */
  List<Holder> holders(EntraLogin login);
}
