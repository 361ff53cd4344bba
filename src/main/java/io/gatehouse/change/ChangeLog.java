package io.gatehouse.change;

import java.util.List;
import java.util.UUID;

/** The log of all changes and the outbox of those that are not announced yet. */
public interface ChangeLog {

  /** Name of the lock of the relay: only one instance announces changes at a time. */
  String LOCK = "relay";

  /** Appends inside the transaction that makes the changes. */
  void append(List<Change> changes);

  /**
   * Assigns the oldest unannounced changes their sequences and marks them announced, inside the
   * transaction that announces them and under {@link #LOCK}.
   */
  List<Announcement> stampNext(int limit);

  /**
   * A change as stored.
   *
   * @param sequence position in the feed; unique, and ascending in the order of announcement
   * @param tenantSlug name of the tenant
   * @param data state, changes, lifecycle and origin as JSON text
   */
  record Announcement(
      long sequence, UUID eventId, String tenantSlug, Subject subject, String type, String data) {}

  /** The resource of a change. */
  record Subject(String resourceType, UUID id, long version, java.time.Instant time) {}
}
