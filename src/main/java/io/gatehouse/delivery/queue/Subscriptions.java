package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The subscriptions of all tenants. */
public interface Subscriptions {

  /** Adds a subscription; false when the tenant has one of this name. */
  boolean add(Subscription subscription, byte[] passwordHash);

  void changePassword(Subscription subscription, byte[] passwordHash);

  /**
   * The credentials of a subscriber.
   *
   * @param passwordHash SHA-256 of the password
   */
  record Login(String username, ByteBuffer passwordHash) {
    public static Login of(String username, byte[] passwordHash) {
      return new Login(username, ByteBuffer.wrap(passwordHash));
    }
  }

  /**
   * Finds the subscriptions with these user names and passwords; wrong credentials are left out.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when the store is unavailable
   */
  Map<Login, Subscription> holders(Set<Login> logins);

  void remove(Subscription subscription);

  Optional<Subscription> find(String tenantSlug, String name);

  List<Subscription> all();

  /** The profiles to which these tenants have subscriptions, by the name of the tenant. */
  Map<String, Set<Profile>> profiles(Set<String> tenantSlugs);
}
