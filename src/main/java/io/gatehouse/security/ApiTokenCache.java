package io.gatehouse.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.access.ApiToken;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Caches the tokens of the admin API for five seconds, and for an hour while the database is
 * unavailable, so that the state of the gateway can be asked for in an outage. No entry outlives
 * its token.
 */
public final class ApiTokenCache {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration IN_AN_OUTAGE = Duration.ofHours(1);
  private static final int MAX_ENTRIES = 1_000;

  private final Cache<ByteBuffer, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
  private final BatchLoader<BearerToken, ApiToken> tokens;
  private final Clock clock;

  ApiTokenCache(BatchLoader<BearerToken, ApiToken> tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  private record Known(ApiToken token, Instant at) {
    /** An entry from after now is from before the clock was set back. */
    boolean youngerThan(Duration age, Instant now) {
      return Duration.between(at, now).abs().compareTo(age) < 0 && token.expiresAt().isAfter(now);
    }
  }

  /**
   * The live token with this secret. Only what has the form of a token is looked up, by its hash.
   *
   * @throws StoreUnavailableException when that cannot be known now
   */
  Optional<ApiToken> find(BearerToken secret) {
    if (!secret.isOurs()) {
      return Optional.empty();
    }
    ByteBuffer key = ByteBuffer.wrap(secret.hash());
    Instant now = clock.instant();
    Known entry = known.getIfPresent(key);
    if (entry != null && entry.youngerThan(FRESH, now)) {
      return Optional.of(entry.token());
    }
    try {
      Optional<ApiToken> found = tokens.find(secret);
      found.ifPresentOrElse(it -> known.put(key, new Known(it, now)), () -> known.invalidate(key));
      return found;
    } catch (StoreUnavailableException e) {
      if (entry != null && entry.youngerThan(IN_AN_OUTAGE, now)) {
        return Optional.of(entry.token());
      }
      throw e;
    }
  }

  /** Clears the cache, so that a revoked or suspended token ends at once on this instance. */
  public void clear() {
    known.invalidateAll();
  }
}
