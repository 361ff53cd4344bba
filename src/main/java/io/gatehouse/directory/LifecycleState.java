package io.gatehouse.directory;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle state of a user, between creation and erasure.
 *
 * @param deactivatedAt when the user left, or null while active
 * @param purgeAfter when the data may be erased
 * @param deletedAt when SCIM deleted the resource, which hides it from SCIM
 * @param enrolledAt when an administrator or a schedule enrolled the user; a deactivation keeps it
 * @param heldAt since when erasure is forbidden (legal hold)
 */
public record LifecycleState(
    @Nullable Instant deactivatedAt,
    @Nullable Instant purgeAfter,
    @Nullable Instant deletedAt,
    @Nullable Instant enrolledAt,
    @Nullable Instant heldAt) {

  public static final LifecycleState NEW = new LifecycleState(null, null, null, null, null);

  /** The user is active, or active again. */
  LifecycleState present() {
    return new LifecycleState(null, null, null, enrolledAt, heldAt);
  }

  LifecycleState deactivated(Instant now, Duration retention) {
    return new LifecycleState(now, now.plus(retention), deletedAt, enrolledAt, heldAt);
  }

  /** A deletion after a deactivation keeps the running deadline. */
  LifecycleState deleted(Instant now) {
    return new LifecycleState(deactivatedAt, purgeAfter, now, enrolledAt, heldAt);
  }

  /** Visible by SCIM again; the deadline continues. */
  LifecycleState shown() {
    return new LifecycleState(deactivatedAt, purgeAfter, null, enrolledAt, heldAt);
  }

  LifecycleState enrolled(Instant now) {
    return new LifecycleState(deactivatedAt, purgeAfter, deletedAt, now, heldAt);
  }

  LifecycleState held(@Nullable Instant since) {
    return new LifecycleState(deactivatedAt, purgeAfter, deletedAt, enrolledAt, since);
  }

  /** Moves the deadline forward to now. */
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
