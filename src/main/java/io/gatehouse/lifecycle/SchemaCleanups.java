package io.gatehouse.lifecycle;

import io.gatehouse.scim.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that drop values of extensions. Values that a failed job could not drop stay hidden until a
 * change with force drops them. The end of a job is in the audit log.
 */
public interface SchemaCleanups extends SteppedJobs<SchemaCleanups.Job> {

  /**
   * How far a job is.
   *
   * @param total how many resources had values at the beginning, counted to a limit
   * @param done how many are without them now, or gone
   */
  record Progress(
      UUID id,
      String urn,
      ResourceType type,
      State state,
      long total,
      long done,
      long failed,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * What a job is about.
   *
   * @param actor who began it
   */
  record Subject(
      UUID id, UUID tenant, String tenantSlug, String actor, String urn, ResourceType type) {}

  /**
   * A job between two steps.
   *
   * @param after the last resource that was looked at; null at the beginning
   * @param scanned whether all were looked at
   * @param pending those whose command has no outcome yet
   */
  record Job(
      Subject subject,
      State state,
      long done,
      long failed,
      @Nullable UUID after,
      boolean scanned,
      List<UUID> pending) {

    Job counted(List<UUID> left, long well, long badly) {
      return new Job(subject, state, done + well, failed + badly, after, scanned, left);
    }

    Job chosen(Page page) {
      boolean end = page.last() == null;
      List<UUID> all = Stream.concat(pending.stream(), page.concerned().stream()).toList();
      return new Job(subject, state, done, failed, end ? after : page.last(), end, all);
    }

    Job ended() {
      State end = failed == 0 ? State.DONE : State.FAILED;
      return new Job(subject, end, done, failed, after, scanned, pending);
    }
  }

  /**
   * A part of the resources of the tenant.
   *
   * @param concerned those that have values that do not fit
   * @param last the last one that was looked at; null when all were
   */
  record Page(List<UUID> concerned, @Nullable UUID last) {}

  /** Looks at the next resources, at most so many. */
  Page next(Job job, int limit);

  /** Forgets jobs that ended 90 days ago, but the last one of each extension. */
  void forget();
}
