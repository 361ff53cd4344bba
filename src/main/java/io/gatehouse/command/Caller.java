package io.gatehouse.command;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a command; taken from the credential, never from the request.
 *
 * @param tenant id of the tenant; part of every key
 * @param tenantSlug its name in queues and events
 * @param connection id of the connection, which sees and controls its own users and groups only;
 *     null for an administrator or a schedule, who control the users without a connection
 * @param actor name of the connection's profile, for example {@code entra}; where there is no
 *     connection {@code admin}, {@code admin:<name>} or {@code schedule}
 */
public record Caller(UUID tenant, String tenantSlug, @Nullable UUID connection, String actor) {

  /** An administrator whose actor is {@code admin} or {@code admin:<name>}. */
  public static Caller admin(UUID tenant, String tenantSlug, String actor) {
    return new Caller(tenant, tenantSlug, null, actor);
  }

  public static Caller admin(UUID tenant, String tenantSlug) {
    return admin(tenant, tenantSlug, "admin");
  }

  public static Caller schedule(UUID tenant, String tenantSlug) {
    return new Caller(tenant, tenantSlug, null, "schedule");
  }

  /** The actor without the name of an administrator, as subscribers are told. */
  public String kind() {
    return isConnection() ? actor : actor.split(":", 2)[0];
  }

  /** Whether the caller is a connection of an IdP. */
  public boolean isConnection() {
    return connection != null;
  }

  /** The connection of the IdP; callers by SCIM always have one. */
  public UUID requireConnection() {
    return Objects.requireNonNull(connection, "not a connection");
  }

  /** Whether the caller controls a user of this tenant and connection. */
  public boolean controls(UUID tenant, @Nullable UUID connection) {
    return this.tenant.equals(tenant) && Objects.equals(this.connection, connection);
  }
}
