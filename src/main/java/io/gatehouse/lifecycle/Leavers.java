package io.gatehouse.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds users who have left and whose data waits for its erasure. */
public interface Leavers {

  /**
   * A user who has left.
   *
   * @param purgeAfter when the data may be erased
   * @param heldAt since when a legal hold forbids the erasure; null without one
   */
  record Leaver(
      UUID id,
      String userName,
      @Nullable String displayName,
      @Nullable UUID connection,
      @Nullable Instant deactivatedAt,
      Instant purgeAfter,
      @Nullable Instant heldAt) {}

  /**
   * The end of the previous page.
   *
   * @param at the deadline; in a period, when the user left
   */
  record Position(Instant at, UUID id) {}

  /** The users of one connection who left within a period, of which the end is not a part. */
  record Period(UUID tenant, UUID connection, Instant from, Instant until) {}

  /**
   * The users of one connection who left within an hour.
   *
   * @param users how many, counted to a limit
   */
  record Wave(UUID connection, Instant from, Instant until, long users) {}

  /** Users in the order of their deadlines. */
  List<Leaver> page(UUID tenant, @Nullable Position after, int count);

  /** The latest waves, the latest first; the users of each are counted to this limit. */
  List<Wave> waves(UUID tenant, int limit);

  /** Users of a period in the order in which they left. */
  List<Position> within(Period period, @Nullable Position after, int count);
}
