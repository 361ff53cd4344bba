package io.gatehouse.tenant;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores the last calls of connections, of all instances. */
public interface ConnectionActivities {

  /**
   * The last calls of a connection.
   *
   * @param lastCall method, kind of resource and names of parameters, for example {@code GET
   *     Users?filter}; no values
   * @param lastSuccessAt the last call that was not refused
   * @param lastError status and call, for example {@code 409 POST Users}
   */
  record Activity(
      Instant lastCallAt,
      String lastCall,
      @Nullable Instant lastSuccessAt,
      @Nullable Instant lastErrorAt,
      @Nullable String lastError) {

    /** The latest of both. */
    public Activity and(Activity other) {
      Activity call = other.lastCallAt.isBefore(lastCallAt) ? this : other;
      Activity error = isLater(lastErrorAt, other.lastErrorAt) ? other : this;
      return new Activity(
          call.lastCallAt,
          call.lastCall,
          isLater(lastSuccessAt, other.lastSuccessAt) ? other.lastSuccessAt : lastSuccessAt,
          error.lastErrorAt,
          error.lastError);
    }

    private static boolean isLater(@Nullable Instant one, @Nullable Instant other) {
      return other != null && (one == null || !other.isBefore(one));
    }

    /** Whether the last call was refused. */
    public boolean isFailing() {
      return lastErrorAt != null && (lastSuccessAt == null || lastErrorAt.isAfter(lastSuccessAt));
    }
  }

  /** Stores what is later than what is stored. */
  void save(Map<UUID, Activity> latest);

  /** The stored activities; a connection that never called has none. */
  Map<UUID, Activity> of(Collection<UUID> connections);
}
