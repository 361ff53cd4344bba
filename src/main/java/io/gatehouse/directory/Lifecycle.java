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
public record Lifecycle(
    @Nullable Instant deactivatedAt,
    @Nullable Instant purgeAfter,
    @Nullable Instant deletedAt,
    @Nullable Instant enrolledAt,
    @Nullable Instant heldAt) {

  public static final Lifecycle NEW = new Lifecycle(null, null, null, null, null);

  /** The person is here, or here again. */
  Lifecycle present() {
    return new Lifecycle(null, null, null, enrolledAt, heldAt);
  }

  Lifecycle deactivated(Instant now, Duration retention) {
    return new Lifecycle(now, now.plus(retention), deletedAt, enrolledAt, heldAt);
  }

  /** Deleting after deactivation keeps the deadline that already runs. */
  Lifecycle deleted(Instant now) {
    return new Lifecycle(deactivatedAt, purgeAfter, now, enrolledAt, heldAt);
  }

  /** Shown by SCIM again; a deadline runs on. */
  Lifecycle shown() {
    return new Lifecycle(deactivatedAt, purgeAfter, null, enrolledAt, heldAt);
  }

  Lifecycle enrolled(Instant now) {
    return new Lifecycle(deactivatedAt, purgeAfter, deletedAt, now, heldAt);
  }

  Lifecycle held(@Nullable Instant since) {
    return new Lifecycle(deactivatedAt, purgeAfter, deletedAt, enrolledAt, since);
  }

  /** The deadline has been brought forward to now. */
  Lifecycle overdue(Instant now) {
    return new Lifecycle(deactivatedAt, now, deletedAt, enrolledAt, heldAt);
  }

  public boolean hidden() {
    return deletedAt != null;
  }

  /** Whether the deadline has passed, by the clock of the database. */
  boolean due(Instant now) {
    return purgeAfter != null && !purgeAfter.isAfter(now);
  }
}
