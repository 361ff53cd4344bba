package io.gatehouse.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.access.Session;
import io.gatehouse.access.Sessions;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches sessions for five seconds, and for longer while the database is unavailable, so that the
 * administrators who are signed in can see the state of the gateway in an outage. Within these
 * seconds an administrator who was disabled through another gateway can read pages, and nothing
 * more: acts are never judged by the cache.
 */
public final class SessionCache {

  private static final Logger LOG = LoggerFactory.getLogger(SessionCache.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** How often the use of a session is recorded. */
  private static final Duration RECORDED = Duration.ofMinutes(1);

  private static final int MAX_ENTRIES = 1_000;

  private final Cache<ByteBuffer, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  /** When the use of a session was last recorded here; polls may have asked for it since then. */
  private final Cache<UUID, Instant> used = Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();

  private final Sessions sessions;
  private final Clock clock;

  SessionCache(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  private record Known(Session session, Instant at) {
    /** An entry from after now is from before the clock was set back. */
    boolean youngerThan(Duration age, Instant now) {
      return Duration.between(at, now).abs().compareTo(age) < 0;
    }

    /** Whether a new password may have been chosen meanwhile, through another gateway. */
    boolean mustChange() {
      return session.account().mustChange();
    }
  }

  /** What a session is asked for. */
  enum Use {
    /** A page that the administrator asks for. */
    READ,
    /** A part of a page that renews itself, which keeps no session alive. */
    POLL,
    /** A form, which is judged by what the database says now. */
    ACT
  }

  /** The live session of a token; in an outage the last one known, for as long as it may idle. */
  Optional<Session> find(BearerToken token, Use use) {
    Instant now = clock.instant();
    Optional<Session> found = find(token, use == Use.ACT, now);
    if (use != Use.POLL) {
      found.ifPresent(it -> seen(it, now));
    }
    return found;
  }

  private Optional<Session> find(BearerToken token, boolean act, Instant now) {
    if (!token.isOurs()) {
      return Optional.empty();
    }
    ByteBuffer key = ByteBuffer.wrap(token.hash());
    Known entry = known.getIfPresent(key);
    if (entry != null && !act && entry.youngerThan(FRESH, now) && !entry.mustChange()) {
      return Optional.of(entry.session());
    }
    try {
      Optional<Session> found = sessions.find(token);
      found.ifPresentOrElse(it -> known.put(key, new Known(it, now)), () -> known.invalidate(key));
      return found;
    } catch (StoreUnavailableException e) {
      return Optional.ofNullable(entry)
          .filter(it -> it.youngerThan(Sessions.IDLE, now))
          .filter(it -> it.session().openedAt().plus(Sessions.LONGEST).isAfter(now))
          .map(Known::session);
    }
  }

  /** Records the use of a session; a page is shown though a database that is read only refuses. */
  private void seen(Session session, Instant now) {
    Instant last = used.get(session.id(), it -> session.seenAt());
    if (last.plus(RECORDED).isBefore(now)) {
      try {
        sessions.seen(session.id());
        used.put(session.id(), now);
      } catch (RuntimeException e) {
        LOG.debug("The use of a session was not recorded", e);
      }
    }
  }

  /** Clears the cache, so that an ended or confirmed session is seen at once on this instance. */
  public void clear() {
    known.invalidateAll();
  }
}
