package io.gatehouse.delivery.queue;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.delivery.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is sent to one subscriber only, page by page, and goes on where it stopped. */
public interface ReplayJobs {

  /** Asks for the present state of all users and groups, and a marker when all of it was sent. */
  void bootstrap(Subscription subscription);

  /**
   * Asks for a part of the log again. What is older than the retention has become the last change
   * of each user and group.
   */
  void replay(Subscription subscription, From from);

  /**
   * Where a replay begins.
   *
   * @param sequence the first one, or null
   * @param time what happened then or later, or null
   * @param resource only about this user or group, or null for all
   */
  record From(@Nullable Long sequence, @Nullable Instant time, @Nullable UUID resource) {

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** What is before or after all changes is brought to where the store can still compare. */
    public From {
      sequence = sequence == null ? null : Long.valueOf(Math.max(sequence, 1));
      if (time != null && time.isBefore(EARLIEST)) {
        time = EARLIEST;
      } else if (time != null && time.isAfter(LATEST)) {
        time = LATEST;
      }
    }
  }

  /** The oldest job that is due, locked until the transaction ends. */
  Optional<Job> oldest();

  /** Puts a job off for a second, because its subscriber has no room for a page. */
  void postpone(Job job);

  /**
   * The next page of a job. Nothing else is announced until the transaction ends, so that the page
   * is older than everything that comes after it.
   */
  Page page(Job job);

  /** Keeps that a page was sent; the job of the last page is over. */
  void sent(Job job, Page page);

  /**
   * A job.
   *
   * @param until the place in the feed up to which it is about
   * @param place where its next page begins
   */
  record Job(UUID id, Subscription subscription, long until, Place place) {}

  /** What a page is read from. */
  enum Stage {
    USERS,
    GROUPS,
    LOG
  }

  /**
   * Where a page begins.
   *
   * @param position the last id or sequence of the page before; empty before the first
   * @param resource only about this one, or null
   */
  record Place(Stage stage, String position, @Nullable UUID resource) {

    private static final UUID FIRST = new UUID(0, 0);

    /** The id after which it begins. */
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
