package io.gatehouse.delivery;

/** The subscriptions of all tenants. */
public interface Subscriptions {

  /** Adds a subscription; false when the tenant has one of this name. */
  boolean add(Subscription subscription);

  void remove(Subscription subscription);
}
