package io.gatehouse.delivery;

import java.util.List;
import java.util.Optional;

/** The subscriptions of all tenants. */
public interface Subscriptions {

  /** Adds a subscription; false when the tenant has one of this name. */
  boolean add(Subscription subscription, byte[] passwordHash);

  void changePassword(Subscription subscription, byte[] passwordHash);

  /**
   * Finds the subscription that has this user name and this password.
   *
   * @throws io.gatehouse.directory.StoreUnavailableException when that cannot be known now
   */
  Optional<Subscription> holder(String username, byte[] passwordHash);

  void remove(Subscription subscription);

  Optional<Subscription> find(String tenantSlug, String name);

  List<Subscription> all();
}
