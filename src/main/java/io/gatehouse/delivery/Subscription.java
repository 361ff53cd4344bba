package io.gatehouse.delivery;

import java.util.List;
import java.util.UUID;

/**
 * The selection of events for one subscriber.
 *
 * @param tenant id of the tenant
 * @param tenantSlug its name
 * @param name unique in the tenant
 * @param profile determines the attributes
 * @param types event types, a trailing {@code *} for all types with this prefix; empty for all
 */
public record Subscription(
    UUID tenant, String tenantSlug, String name, Profile profile, List<String> types) {

  /** Name of the queue, and also of the user and the role that may read it. */
  public String queue() {
    return tenantSlug + "." + name;
  }

  /** Whether the subscription includes an event of this type. */
  public boolean wants(String type) {
    return new EventTypeFilter(types).include(type);
  }

  /** The fully qualified queue name, by which a client addresses the queue. */
  public String fullyQualifiedQueue() {
    return profile.address() + "::" + queue();
  }
}
