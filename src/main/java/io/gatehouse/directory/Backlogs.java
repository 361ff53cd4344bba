package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What waits: for the relay, for an IdP, for an administrator or for a subscriber. */
public interface Backlogs {

  /** Counts end here: more is shown as this number and a plus. */
  int MOST = 1_000;

  /**
   * The state of the gateway, for some tenants.
   *
   * @param unannounced when the oldest change that is not announced was made; of all tenants
   * @param signals webhook and poll events that are not turned into commands
   * @param oldestSignal when the first of them was received
   * @param parked commands that wait for an administrator
   * @param brakes waves that wait for a decision
   * @param lagging subscriptions for which no events are kept
   * @param disabled endpoints that are sent nothing
   */
  record Gateway(
      @Nullable Instant unannounced,
      long signals,
      @Nullable Instant oldestSignal,
      long parked,
      long brakes,
      long lagging,
      long disabled) {}

  /**
   * Reads the state.
   *
   * @param tenants null for all
   */
  Gateway gateway(@Nullable Set<UUID> tenants);

  /**
   * What should not wait, in all tenants.
   *
   * @param erasures users whose erasure is due
   * @param oldestErasure when the first of them was due
   * @param failing endpoints whose last attempts failed, and that are sent events nevertheless
   */
  record Overdue(long erasures, @Nullable Instant oldestErasure, long failing) {}

  /** The state of the gateway, for all tenants. */
  record Whole(Gateway gateway, Overdue overdue) {}

  /** Reads the state of all tenants, at a cost that does not grow with their number. */
  Whole whole();

  /**
   * The state of a tenant.
   *
   * @param leaving users who are erased within a week
   */
  record Tenant(
      long leaving, long conflicts, long parked, boolean hasUsers, boolean hasSubscribers) {}

  Tenant tenant(UUID tenant);

  /**
   * The last change that a connection made, and the last one that was refused.
   *
   * @param applied null when none of its latest entries in the audit log is one
   */
  record Contact(UUID connection, @Nullable Instant applied, @Nullable Instant refused) {}

  List<Contact> contacts(UUID tenant);
}
