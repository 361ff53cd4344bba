package io.gatehouse.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slows down guessing. An address with too many refused credentials in a minute is answered so for
 * a minute. Random credentials are checked all the same, so that a stranger behind the same proxy
 * locks no client out. Of credentials that a person may have chosen, only those are checked in that
 * minute that were good from the same address within a day, see {@link #mustWait}. Refusals are
 * also counted for the connection or subscription that they concern.
 */
public final class SignIns {

  private static final Duration GOOD = Duration.ofDays(1);
  private static final int MAX_GOOD = 10_000;

  /** Guesses at one connection may come from many addresses, and its IdP may be set up wrongly. */
  private static final int ADDRESSES = 10;

  private final Cache<Good, Boolean> good;
  private final FailureCounts addresses;
  private final FailureCounts subjects;
  private final FailureCounts senders;
  private final RefusalLog log;
  private final Clock clock;

  /**
   * Makes it.
   *
   * @param limit how many refusals an address may cause in a minute
   */
  public SignIns(int limit, RefusalLog log, Clock clock) {
    this.addresses = new FailureCounts(limit);
    this.subjects = new FailureCounts(limit * ADDRESSES);
    this.senders = new FailureCounts(limit);
    this.log = log;
    this.clock = clock;
    this.good =
        Caffeine.newBuilder()
            .maximumSize(MAX_GOOD)
            .expireAfterWrite(GOOD)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** Where one can sign in. */
  public enum Realm {
    SCIM,
    ADMIN,
    PORTAL,
    EVENTS,
    WEBHOOK,
    BROKER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * An attempt to sign in.
   *
   * @param address the IP address that it comes from
   * @param credential a hash of what was given
   */
  @SuppressWarnings("ArrayRecordComponent") // no attempt is compared with another
  public record Attempt(Realm realm, String address, byte[] credential) {

    String origin() {
      return realm.word() + " " + ClientAddresses.network(address);
    }
  }

  /**
   * The connection or subscription that an attempt concerns, as far as it is known.
   *
   * @param name what may be shown of the credential: the prefix of a token, or a user name
   */
  public record Subject(@Nullable UUID tenant, @Nullable UUID connection, @Nullable String name) {
    public static final Subject UNKNOWN = new Subject(null, null, null);
  }

  private record Good(Realm realm, String address, ByteBuffer credential) {
    static Good of(Attempt attempt) {
      return new Good(
          attempt.realm(),
          ClientAddresses.network(attempt.address()),
          ByteBuffer.wrap(attempt.credential()));
    }
  }

  /** The seconds to wait, where the credential is not to be looked at before they are over. */
  public OptionalInt mustWait(Attempt attempt) {
    OptionalInt wait = addresses.mustWait(attempt.origin(), clock.instant());
    if (wait.isEmpty() || good.getIfPresent(Good.of(attempt)) != null) {
      return OptionalInt.empty();
    }
    log.suppressed(attempt);
    return wait;
  }

  /** The credential was good. */
  public void admitted(Attempt attempt) {
    good.put(Good.of(attempt), true);
  }

  /**
   * The credential was not good.
   *
   * @param about finds what the attempt concerns; not asked while the address waits, so that
   *     guesses cost nothing more than that
   * @return the seconds to wait, when the address or the subject had too many before
   */
  public OptionalInt refused(Attempt attempt, Supplier<Subject> about) {
    OptionalInt wait = addresses.mustWait(attempt.origin(), clock.instant());
    if (wait.isEmpty()) {
      return refused(attempt, about.get());
    }
    log.suppressed(attempt);
    return wait;
  }

  private OptionalInt refused(Attempt attempt, Subject subject) {
    Instant now = clock.instant();
    String about = key(attempt.realm(), subject);
    OptionalInt wait = subjects.mustWait(about, now);
    if (!subject.equals(Subject.UNKNOWN)) {
      subjects.failed(about, now);
    }
    if (wait.isPresent()) {
      log.suppressed(attempt);
    } else {
      log.refused(attempt, subject);
    }
    if (addresses.failed(attempt.origin(), now)) {
      log.burst(attempt, subject, addresses.limit());
    }
    return wait;
  }

  /** A call from this address to the webhook of a connection has proven nothing. */
  public void unproven(Attempt attempt, UUID connection) {
    senders.failed(attempt.origin() + " " + connection, clock.instant());
  }

  /**
   * The seconds for which an address is not trusted at the webhook of a connection, because too
   * many of its calls there have proven nothing.
   */
  public OptionalInt distrusted(Attempt attempt, UUID connection) {
    return senders.mustWait(attempt.origin() + " " + connection, clock.instant());
  }

  /** A call was refused without a look at it. */
  public void unread(Attempt attempt) {
    log.suppressed(attempt);
  }

  private static String key(Realm realm, Subject subject) {
    return realm.word()
        + " "
        + subject.tenant()
        + " "
        + subject.connection()
        + " "
        + subject.name();
  }
}
