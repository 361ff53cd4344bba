package io.gatehouse.change;

import java.util.List;
import java.util.UUID;

/** The log of all changes and the outbox of those that are not announced yet. */
public interface ChangeLog {

  /** Appends inside the transaction that makes the changes. */
  void append(List<Change> changes);

  /**
   * Stamps the oldest unannounced changes with their place in the feed, hands them over and marks
   * them announced, all as the only relay at work.
   *
   * @return how many were announced; 0 also when another relay is at work
   */
  int announce(int limit, Announcer announcer);

  /** Sends events and returns when all of them are safe, or throws and none counts as sent. */
  @FunctionalInterface
  interface Announcer {
    void announce(List<Announcement> announcements);
  }

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
