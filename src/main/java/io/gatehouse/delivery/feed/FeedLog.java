package io.gatehouse.delivery.feed;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of what was announced, and the present state, to be read by subscribers. */
public interface FeedLog {

  /**
   * How far the log goes.
   *
   * @param position the last place in the feed that was given
   * @param compacted the place up to which only the last change of each user and group is left
   */
  record Extent(long position, long compacted) {

    /** Whether everything after this place is still there. */
    boolean isCompleteAfter(long place) {
      return place >= compacted && place <= position;
    }
  }

  /** Changes of one tenant in the order of the feed, read at once with how far the log goes. */
  record Slice(Extent extent, List<Announcement> changes) {}

  Extent extent();

  /** At most so many changes after a place. */
  Slice after(Subscription subscription, long place, int limit);

  /**
   * Where a page of the present state begins.
   *
   * @param asOf the place in the feed from which to go on when all of it was read
   * @param groups false for users, who come first
   * @param last the last one of the page before, or null
   */
  record Place(long asOf, boolean groups, @Nullable UUID last) {}

  /** A page of the present state; the last one has no next. */
  record Page(List<Announcement> changes, Optional<Place> next) {}

  Page snapshot(Subscription subscription, Place place);
}
