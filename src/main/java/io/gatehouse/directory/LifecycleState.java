package io.gatehouse.directory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a person stands between arrival and erasure.
 *
 * @param deactivatedAt when the person left, or null while active
 * @param purgeAfter when the data may be erased
 * @param deletedAt when SCIM deleted the resource, which hides it from SCIM
 * @param enrolledAt when an administrator enrolled the person; leaving does not end that
 * @param heldAt since when erasure is forbidden (legal hold)
 */
public record LifecycleState(
    @Nullable Instant deactivatedAt,
    @Nullable Instant purgeAfter,
    @Nullable Instant deletedAt,
    @Nullable Instant enrolledAt,
    @Nullable Instant heldAt) {

  public static final LifecycleState NEW = new LifecycleState(null, null, null, null, null);

  /** The person is here, or here again. */
  LifecycleState present() {
    return new LifecycleState(null, null, null, enrolledAt, heldAt);
  }

  LifecycleState deactivated(Instant now, Duration retention) {
    return new LifecycleState(now, now.plus(retention), deletedAt, enrolledAt, heldAt);
  }

  /** Deleting after deactivation keeps the deadline that already runs. */
  LifecycleState deleted(Instant now) {
    return new LifecycleState(deactivatedAt, purgeAfter, now, enrolledAt, heldAt);
  }

  /** Shown by SCIM again; a deadline runs on. */
  LifecycleState shown() {
    return new LifecycleState(deactivatedAt, purgeAfter, null, enrolledAt, heldAt);
  }

  LifecycleState enrolled(Instant now) {
    return new LifecycleState(deactivatedAt, purgeAfter, deletedAt, now, heldAt);
  }

  LifecycleState held(@Nullable Instant since) {
    return new LifecycleState(deactivatedAt, purgeAfter, deletedAt, enrolledAt, since);
  }

  /** The deadline has been brought forward to now. */
  LifecycleState overdue(Instant now) {
    return new LifecycleState(deactivatedAt, now, deletedAt, enrolledAt, heldAt);
  }

  public boolean hidden() {
    return deletedAt != null;
  }

  /** Whether the deadline has passed, by the clock of the database. */
  boolean due(Instant now) {
    return purgeAfter != null && !purgeAfter.isAfter(now);
  }
}
