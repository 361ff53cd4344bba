package io.gatehouse.directory;

import io.gatehouse.scim.ResourceType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One member of one group.
 *
 * @param type of the member
 * @param display the display name that the client sent, or null
 */
public record Membership(
    UUID tenant, UUID group, UUID member, ResourceType type, @Nullable String display) {}
