package io.gatehouse.command;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: taken from the credential, never from the request.
 *
 * @param tenant id of the tenant; part of every key
 * @param tenantSlug its name in queues and events
 * @param connection id of the connection, which sees and controls its own people only; null for an
 *     administrator or a schedule, who have those whom nobody controls
 * @param actor name of the connection's profile, for example {@code entra}; {@code admin} and
 *     {@code schedule} where there is no connection
 */
public record Caller(UUID tenant, String tenantSlug, @Nullable UUID connection, String actor) {

  public static Caller admin(UUID tenant, String tenantSlug) {
    return new Caller(tenant, tenantSlug, null, "admin");
  }

  public static Caller schedule(UUID tenant, String tenantSlug) {
    return new Caller(tenant, tenantSlug, null, "schedule");
  }

  /** Whether an IdP asks. */
  public boolean isConnection() {
    return connection != null;
  }

  /** The connection of an IdP that asks; nobody else comes by SCIM. */
  public UUID requireConnection() {
    return Objects.requireNonNull(connection, "not a connection");
  }

  /** Whether somebody of this tenant and connection is controlled by the caller. */
  public boolean controls(UUID tenant, @Nullable UUID connection) {
    return this.tenant.equals(tenant) && Objects.equals(this.connection, connection);
  }
}
