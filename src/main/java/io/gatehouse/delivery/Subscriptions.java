package io.gatehouse.delivery;

import java.util.List;
import java.util.Optional;

/** The subscriptions of all tenants. */
public interface Subscriptions {

  /** Adds a subscription; false when the tenant has one of this name. */
  boolean add(Subscription subscription);

  void remove(Subscription subscription);

  Optional<Subscription> find(String tenantSlug, String name);

  List<Subscription> all();
}
