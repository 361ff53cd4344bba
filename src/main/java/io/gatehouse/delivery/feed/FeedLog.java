package io.gatehouse.delivery.feed;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of announced changes and the present state, for reads by subscribers. */
public interface FeedLog {

  /**
   * The extent of the log.
   *
   * @param position the last assigned sequence
   * @param compacted the sequence up to which only the last change of each user and group is left
   */
  record Extent(long position, long compacted) {

    /** Whether the log still has every change after this sequence. */
    boolean isCompleteAfter(long place) {
      return place >= compacted && place <= position;
    }
  }

  /**
   * Changes of one tenant in the order of the feed, with the extent of the log at the same moment.
   */
  record Slice(Extent extent, List<Announcement> changes) {}

  Extent extent();

  /** The changes after a sequence, at most {@code limit}. */
  Slice after(Subscription subscription, long place, int limit);

  /**
   * The beginning of a page of the present state.
   *
   * @param asOf the sequence after which to continue in the feed when the whole state has been read
   * @param groups false for users, who come first
   * @param last the last resource of the previous page, or null
   */
  record Place(long asOf, boolean groups, @Nullable UUID last) {}

  /** A page of the present state; the last one has no next. */
  record Page(List<Announcement> changes, Optional<Place> next) {}

  Page snapshot(Subscription subscription, Place place);
}
