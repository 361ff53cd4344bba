package io.gatehouse.delivery;

import io.gatehouse.change.ChangeLog.Announcement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is sent to one subscriber only, page by page, and goes on where it stopped. */
public interface CatchUps {

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

  /**
   * Sends the next page of the oldest job. Nothing else is announced meanwhile, so that what is
   * sent here is older than everything that comes after it.
   *
   * @return false when there is no job
   */
  boolean next(Sender sender);

  /** Where pages go; returns when the broker has confirmed them. */
  interface Sender {

    /** Whether there is room for a page; if not, the job is put off for a moment. */
    boolean mayGoOn(Job job);

    void send(Job job, List<Announcement> page);

    /** All of the present state was sent. */
    void completed(Job job);
  }

  /**
   * A job.
   *
   * @param until the place in the feed up to which it is about
   */
  record Job(UUID id, Subscription subscription, long until) {}
}
