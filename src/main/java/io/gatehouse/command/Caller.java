package io.gatehouse.command;

import java.util.UUID;

/**
 * Who asks: taken from the credential, never from the request.
 *
 * @param tenant id of the tenant; part of every key
 * @param tenantSlug its name in queues and events
 * @param connection id of the connection, which sees and controls its own people only
 * @param idp name of the profile, for example {@code entra}
 */
public record Caller(UUID tenant, String tenantSlug, UUID connection, String idp) {}
