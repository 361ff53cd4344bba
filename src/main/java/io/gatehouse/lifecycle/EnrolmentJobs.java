package io.gatehouse.lifecycle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Enrolments of many, which survive the gateway that began them. */
public interface EnrolmentJobs extends SteppedJobs<EnrolmentJobs.Job> {

  /**
   * What is to be done.
   *
   * @param actor {@code admin} or {@code schedule}
   * @param filter over users (SCIM); null for all whom a connection has provisioned
   * @param total how many there are now
   */
  record Order(UUID tenant, String actor, @Nullable String filter, long total) {}

  /**
   * How far a job is.
   *
   * @param total how many there were at the beginning, or more if more came since
   * @param refused how many were not enrolled, because they have left meanwhile for example
   */
  record Progress(
      UUID id,
      State state,
      long total,
      long done,
      long refused,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * A job between two steps.
   *
   * @param after the last person whose command was sent; null at the beginning
   * @param pending those whose command has no outcome yet, in order; it was sent, for all who do
   *     not stand behind {@code after}
   */
  record Job(
      UUID id,
      UUID tenant,
      String tenantSlug,
      String actor,
      @Nullable String filter,
      State state,
      long done,
      long refused,
      @Nullable UUID after,
      List<UUID> pending) {

    Job counted(List<UUID> left, long enrolled, long not) {
      return new Job(
          id,
          tenant,
          tenantSlug,
          actor,
          filter,
          state,
          done + enrolled,
          refused + not,
          after,
          left);
    }

    /** Those whose command is to be sent, or was and nobody knows. */
    List<UUID> unsent() {
      return pending.stream().filter(it -> after == null || isBehind(it, after)).toList();
    }

    /** As PostgreSQL orders them. */
    private static boolean isBehind(UUID one, UUID other) {
      return one.toString().compareTo(other.toString()) > 0;
    }

    Job chosen(List<UUID> next) {
      List<UUID> all = Stream.concat(pending.stream(), next.stream()).toList();
      return new Job(id, tenant, tenantSlug, actor, filter, state, done, refused, after, all);
    }

    Job sent() {
      List<UUID> unsent = unsent();
      UUID last = unsent.isEmpty() ? after : unsent.get(unsent.size() - 1);
      return new Job(id, tenant, tenantSlug, actor, filter, state, done, refused, last, pending);
    }

    Job ended(State end) {
      return new Job(id, tenant, tenantSlug, actor, filter, end, done, refused, after, pending);
    }
  }

  /** Begins a job, which is done already when there is nobody; empty while the tenant has one. */
  Optional<UUID> begin(Order order);

  Optional<UUID> running(UUID tenant);

  Optional<Progress> find(UUID tenant, UUID id);

  /** The jobs of a tenant, the latest first. */
  List<Progress> latest(UUID tenant, int limit);

  /** Forgets jobs that ended 90 days ago. */
  void forget();
}
