package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.UUID;

/**
 * One event on its way to one endpoint.
 *
 * @param failures so far
 * @param change what the event is made from, as it stands in the log now
 */
public record PendingDelivery(Endpoint endpoint, Place place, int failures, Announcement change) {

  /**
   * Which event it is.
   *
   * @param change the row in the log
   * @param part which of the events that the change makes
   * @param event its id
   */
  public record Place(long change, int part, UUID event) {}
}
