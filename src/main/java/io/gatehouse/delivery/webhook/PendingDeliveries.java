package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The pending deliveries of all endpoints. A delivery is leased to one gateway at a time for a
 * minute, so that another gateway takes it over when the first one dies.
 */
public interface PendingDeliveries {

  /** Whether any endpoint exists. Most gateways have none, and this query is frequent. */
  boolean isAnybodyServed();

  /** The next page of the feed for one endpoint, which is locked until the transaction ends. */
  Optional<Page> nextPage();

  /** Changes that are not planned for this endpoint yet. */
  record Page(Endpoint endpoint, List<Announcement> changes) {}

  /** Stores the events of a page for its endpoint, and the new position of the endpoint. */
  void plan(Page page, List<Planned> events, Instant now);

  /**
   * An event for an endpoint.
   *
   * @param sequence of its change
   */
  record Planned(long sequence, int part, UUID event) {}

  /** Leases due deliveries. */
  List<PendingDelivery> take(Load load, Instant now);

  /**
   * The number of deliveries to lease.
   *
   * @param struggling whether to lease those of endpoints whose last attempt failed, or those of
   *     the others
   * @param each maximum number of concurrent deliveries to one endpoint; slightly more when several
   *     gateways lease at the same moment
   */
  record Load(boolean struggling, int limit, int each) {}
}
