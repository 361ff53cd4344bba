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
 */
public record Lifecycle(
    @Nullable Instant deactivatedAt, @Nullable Instant purgeAfter, @Nullable Instant deletedAt) {

  public static final Lifecycle PRESENT = new Lifecycle(null, null, null);

  Lifecycle deactivated(Instant now, Duration retention) {
    return new Lifecycle(now, now.plus(retention), deletedAt);
  }

  /** Deleting after deactivation keeps the deadline that already runs. */
  Lifecycle deleted(Instant now) {
    return new Lifecycle(deactivatedAt, purgeAfter, now);
  }

  public boolean hidden() {
    return deletedAt != null;
  }
}
