package io.gatehouse.delivery.webhook;

import io.gatehouse.change.ChangeLog.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The errands of all endpoints. One is lent to one gateway at a time, and only for a minute, so
 * that those of a gateway that dies are run by another.
 */
public interface PendingDeliveries {

  /** Whether there is an endpoint at all; most gateways have none, and look often. */
  boolean isAnybodyServed();

  /** The next page of the feed for one endpoint, which is locked until the transaction ends. */
  Optional<Page> nextPage();

  /** Changes that an endpoint has not been looked up for yet. */
  record Page(Endpoint endpoint, List<Announcement> changes) {}

  /** Keeps which events of a page are for its endpoint, and that the endpoint has come so far. */
  void plan(Page page, List<Planned> events, Instant now);

  /**
   * An event for an endpoint.
   *
   * @param sequence of its change
   */
  record Planned(long sequence, int part, UUID event) {}

  /** Lends errands that are due. */
  List<PendingDelivery> take(Load load, Instant now);

  /**
   * How many errands to take.
   *
   * @param struggling of endpoints whose last attempt failed, or of the others
   * @param each how many of one endpoint may be on their way at once; a few more when several
   *     gateways take at the same moment
   */
  record Load(boolean struggling, int limit, int each) {}
}
