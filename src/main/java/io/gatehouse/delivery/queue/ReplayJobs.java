package io.gatehouse.delivery.queue;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that send events to one subscriber only, page by page. An interrupted job continues with the
 * next page.
 */
public interface ReplayJobs {

  /** Starts a job that sends the present state of all users and groups, and then a marker. */
  void bootstrap(Subscription subscription);

  /**
   * Starts a job that sends a part of the log again. Of changes older than the retention, the log
   * has only the last one of each user and group.
   */
  void replay(Subscription subscription, From from);

  /**
   * Start and filter of a replay.
   *
   * @param sequence the first sequence, or null
   * @param time only changes at this time or later, or null
   * @param resource only this user or group, or null for all
   */
  record From(@Nullable Long sequence, @Nullable Instant time, @Nullable UUID resource) {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** Limits sequences and times to values that the store can compare. */
    public From {
      sequence = sequence == null ? null : Long.valueOf(Math.max(sequence, 1));
      if (time != null && time.isBefore(EARLIEST)) {
        time = EARLIEST;
      } else if (time != null && time.isAfter(LATEST)) {
        time = LATEST;
      }
    }
  }

  /** The oldest due job, locked until the transaction ends. */
  Optional<Job> oldest();

  /** Postpones a job for a second, because the queue of its subscriber has no room for a page. */
  void postpone(Job job);

  /**
   * The next page of a job. No other change is announced until the transaction ends, so that the
   * events of the page precede all later ones.
   */
  Page page(Job job);

  /** Records that a page was sent; a job ends with its last page. */
  void sent(Job job, Page page);

  /**
   * A job.
   *
   * @param until the sequence up to which it sends changes
   * @param place the beginning of its next page
   */
  record Job(UUID id, Subscription subscription, long until, Place place) {}

  /** The sources of a page. */
  enum Stage {
    USERS,
    GROUPS,
    LOG
  }

  /**
   * The beginning of a page.
   *
   * @param position the last id or sequence of the previous page; empty before the first
   * @param resource only this resource, or null
   */
  record Place(Stage stage, String position, @Nullable UUID resource) {

    private static final UUID FIRST = new UUID(0, 0);

    /** The id after which the page begins. */
    public UUID after() {
      return position.isEmpty() ? FIRST : UUID.fromString(position);
    }

    public Place at(Object last) {
      return new Place(stage, last.toString(), resource);
    }
  }

  /** One page; the last one has no next. */
  record Page(List<Announcement> changes, Optional<Place> next) {}
}
