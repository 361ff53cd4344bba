package io.gatehouse.lifecycle;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user of a lifecycle action.
 *
 * @param connection the connection that controls the user; null for an unmanaged user
 * @param erased whether only a tombstone is left
 */
public record PersonRef(
    UUID tenant, String tenantSlug, UUID person, @Nullable UUID connection, boolean erased) {}
