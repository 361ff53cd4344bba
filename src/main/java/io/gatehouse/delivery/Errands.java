package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The errands of all endpoints. One is lent to one gateway at a time, and only for a minute, so
 * that those of a gateway that dies are run by another.
 */
public interface Errands {

  /** Whether there is an endpoint at all; most gateways have none, and look often. */
  boolean isAnybodyServed();

  /**
   * Makes errands from the next page of the feed, for one endpoint that has not come to its end.
   *
   * @return false when there is no such endpoint
   */
  boolean plan(Planner planner, Instant now);

  /** Decides which events of a page are for an endpoint. */
  @FunctionalInterface
  interface Planner {
    List<Planned> plan(Endpoint endpoint, List<Announcement> page);
  }

  /**
   * An event for an endpoint.
   *
   * @param sequence of its change
   */
  record Planned(long sequence, int part, UUID event) {}

  /** Lends errands that are due. */
  List<Errand> take(Load load, Instant now);

  /**
   * How many errands to take.
   *
   * @param struggling of endpoints whose last attempt failed, or of the others
   * @param each how many of one endpoint may be on their way at once; a few more when several
   *     gateways take at the same moment
   */
  record Load(boolean struggling, int limit, int each) {}
}
