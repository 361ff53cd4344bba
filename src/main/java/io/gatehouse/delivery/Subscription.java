package io.gatehouse.delivery;

import java.util.List;
import java.util.UUID;

/**
 * A subscriber's claim to events.
 *
 * @param tenant whose events
 * @param tenantSlug its name
 * @param name unique in the tenant
 * @param profile which attributes
 * @param types event types, a trailing {@code *} for all that begin so; empty for all
 */
public record Subscription(
    UUID tenant, String tenantSlug, String name, Profile profile, List<String> types) {

  /** The queue, and also the user and the role that may read it. */
  public String queue() {
    return tenantSlug + "." + name;
  }

  /** Whether an event of this type is for it. */
  public boolean wants(String type) {
    return new EventTypeFilter(types).include(type);
  }

  /** How a client addresses the queue. */
  public String fullyQualifiedQueue() {
    return profile.address() + "::" + queue();
  }
}
