package io.gatehouse.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stops a connection that deactivates too many within an hour, until an administrator has allowed
 * or rejected the wave. Counts on while a batch is applied.
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
   * Starts from what is stored.
   *
   * @param position whether it is tripped, and what was decided
   * @param count of the last hour
   * @param spared whoever of those concerned stays because a wave was rejected
   */
  public Brake(Limit limit, Position position, Count count, Set<UUID> spared) {
    this.limit = limit;
    this.position = position;
    this.recent = count.recent();
    this.users = count.users();
    this.spared = spared;
  }

  /**
   * How many may leave within an hour: the greater of the two.
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
   * What the last hour came to.
   *
   * @param recent users who were deactivated in it and still are
   * @param users those, and all who are active
   */
  public record Count(long recent, long users) {}

  /** What an administrator decides about a wave. */
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
   * Where the brake stands.
   *
   * @param trippedAt when it stopped the first user; null while it has not
   * @param verdict null until somebody has decided
   * @param until when the verdict ends
   */
  public record Position(
      @Nullable Instant trippedAt, @Nullable Verdict verdict, @Nullable Instant until) {

    public static final Position FREE = new Position(null, null, null);

    /** Free again when the verdict has run out. */
    public Position at(Instant now) {
      return until != null && !until.isAfter(now) ? FREE : this;
    }
  }

  /** Whether this user may leave now; one who may not is remembered as part of the wave. */
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

  /** Where it stands after the batch. */
  public Position position() {
    return position;
  }

  /** Whose leaving was refused in this batch. */
  public Set<UUID> refused() {
    return refused;
  }
}
