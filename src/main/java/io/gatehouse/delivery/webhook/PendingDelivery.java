package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import java.util.UUID;

/**
 * A pending delivery: one event for one endpoint.
 *
 * @param failures number of failed attempts so far
 * @param change the present row of the log, from which the event is rendered
 */
public record PendingDelivery(Endpoint endpoint, Place place, int failures, Announcement change) {

  /**
   * Identifies the event.
   *
   * @param change the row in the log
   * @param part number of the event among the events of the change
   * @param event its id
   */
  public record Place(long change, int part, UUID event) {}
}
