package io.gatehouse.change;

import java.util.List;
import java.util.UUID;

/** The log of all changes and the outbox of those that are not announced yet. */
public interface ChangeLog {

  /** The work that only one instance does at a time: announcing changes. */
  String LOCK = "relay";

  /** Appends inside the transaction that makes the changes. */
  void append(List<Change> changes);

  /**
   * Gives the oldest unannounced changes their place in the feed and marks them announced, inside
   * the transaction that announces them and under {@link #LOCK}.
   */
  List<Announcement> stampNext(int limit);

  /**
   * A change as stored.
   *
   * @param sequence the place in the feed; never given twice, rising in the order of announcement
   * @param tenantSlug name of the tenant
   * @param data state, changes, lifecycle and origin as JSON text
   */
  record Announcement(
      long sequence, UUID eventId, String tenantSlug, Subject subject, String type, String data) {}

  /** The resource that a change is about. */
  record Subject(String resourceType, UUID id, long version, java.time.Instant time) {}
}
