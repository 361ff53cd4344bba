package io.gatehouse.tenant;

import io.gatehouse.tenant.ConnectionActivities.Activity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Notes the calls of connections in memory, and stores the latest of each from time to time, so
 * that a call costs no query.
 */
public final class CallActivity {

  private static final int REFUSED = 400;
  private static final int NOT_FOUND = 404;

  /** Between two successful calls that are noted. */
  private static final Duration PACE = Duration.ofMillis(500);

  private final Map<UUID, Activity> news = new ConcurrentHashMap<>();
  private final ConnectionActivities stored;
  private final Clock clock;

  public CallActivity(ConnectionActivities stored, Clock clock) {
    this.stored = stored;
    this.clock = clock;
  }

  /**
   * Notes an answered call.
   *
   * @param status of the answer; a read that finds nothing is no error
   * @param call as in {@link Activity}
   */
  public void answered(UUID connection, boolean read, int status, Supplier<String> call) {
    Instant now = clock.instant();
    boolean error = status >= REFUSED && !(read && status == NOT_FOUND);
    Activity known = news.get(connection);
    if (!error && known != null && !known.isFailing() && isRecent(known, now)) {
      return;
    }
    String text = call.get();
    Activity activity =
        error
            ? new Activity(now, text, null, now, status + " " + text)
            : new Activity(now, text, now, null, null);
    news.merge(connection, activity, Activity::and);
  }

  private static boolean isRecent(Activity known, Instant now) {
    return known.lastCallAt().plus(PACE).isAfter(now);
  }

  /**
   * Stores what was noted since the last time. Until it is stored, it stays in memory, where it is
   * seen; so does what is noted meanwhile.
   */
  public void store() {
    Map<UUID, Activity> latest = Map.copyOf(news);
    if (!latest.isEmpty()) {
      stored.save(latest);
      latest.forEach(news::remove);
    }
  }

  /** The activities: the stored ones, and what this instance has noted since. */
  public Map<UUID, Activity> of(Collection<UUID> connections) {
    Map<UUID, Activity> noted = Map.copyOf(news); // first, or it could be stored in between
    Map<UUID, Activity> all = new HashMap<>(stored.of(connections));
    for (UUID id : connections) {
      Activity latest = noted.get(id);
      if (latest != null) {
        all.merge(id, latest, Activity::and);
      }
    }
    return all;
  }
}
