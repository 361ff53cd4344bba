package io.gatehouse.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stops a connection that deactivates too many users within an hour, until an administrator has
 * allowed or rejected the wave. It continues to count while a batch is applied.
 */
public final class Brake {

  /** How far back deactivations count. */
  public static final Duration WINDOW = Duration.ofHours(1);

  /** How long a decision holds. */
  public static final Duration VALIDITY = Duration.ofHours(24);

  private static final int PERCENT = 100;

  private final Limit limit;
  private final Set<UUID> spared;
  private final Set<UUID> refused = new LinkedHashSet<>();
  private Position position;
  private long recent;
  private final long users;

  /**
   * Creates a brake from its stored state.
   *
   * @param position whether it is tripped, and the verdict
   * @param count of the last hour
   * @param spared the users of the batch who stay because a wave was rejected
   */
  public Brake(Limit limit, Position position, Count count, Set<UUID> spared) {
    this.limit = limit;
    this.position = position;
    this.recent = count.recent();
    this.users = count.users();
    this.spared = spared;
  }

  /**
   * How many users a connection may deactivate within an hour: the greater of the two.
   *
   * @param minimum a number of users
   * @param percent of the users that were active when the hour began
   */
  public record Limit(boolean on, int minimum, int percent) {

    public static final int DEFAULT_MINIMUM = 20;
    public static final int DEFAULT_PERCENT = 20;
    public static final Limit DEFAULT = new Limit(true, DEFAULT_MINIMUM, DEFAULT_PERCENT);

    long of(long users) {
      return Math.max(minimum, users * percent / PERCENT);
    }
  }

  /**
   * The counts of the last hour.
   *
   * @param recent users who were deactivated in the hour and still are
   * @param users those, and all active users
   */
  public record Count(long recent, long users) {}

  /** The decision of an administrator about a wave. */
  public enum Verdict {
    /** The rest of the wave passes. */
    ALLOWED,

    /** The users of the wave stay active. */
    REJECTED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The state of the brake.
   *
   * @param trippedAt when it stopped the first user; null when it has stopped none
   * @param verdict null until an administrator has decided
   * @param until when the verdict ends
   */
  public record Position(
      @Nullable Instant trippedAt, @Nullable Verdict verdict, @Nullable Instant until) {

    public static final Position FREE = new Position(null, null, null);

    /** The state at this time: free again when the verdict has expired. */
    public Position at(Instant now) {
      return until != null && !until.isAfter(now) ? FREE : this;
    }
  }

  /** Whether this user may be deactivated now; a refused user is added to the wave. */
  public boolean admits(UUID person, Instant now) {
    if (passes(person, now)) {
      recent++;
      return true;
    }
    refused.add(person);
    return false;
  }

  private boolean passes(UUID person, Instant now) {
    Position current = position.at(now);
    if (!limit.on() || current.verdict() == Verdict.ALLOWED) {
      return true;
    }
    if (current.verdict() == Verdict.REJECTED && spared.contains(person)) {
      return false;
    }
    boolean undecided = current.trippedAt() != null && current.verdict() == null;
    if (!undecided && recent < limit.of(users)) {
      return true;
    }
    if (!undecided) {
      position = new Position(now, null, null);
    }
    return false;
  }

  /** The state after the batch. */
  public Position position() {
    return position;
  }

  /** The users whose deactivation was refused in this batch. */
  public Set<UUID> refused() {
    return refused;
  }
}
