package io.gatehouse.lifecycle;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a measure is about.
 *
 * @param connection who controls the person, or null while nobody does
 * @param erased whether nothing but a tombstone is left
 */
public record PersonRef(
    UUID tenant, String tenantSlug, UUID person, @Nullable UUID connection, boolean erased) {}
