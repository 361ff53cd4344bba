package io.gatehouse.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections.Holder;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Caches the holders of tokens for 30 seconds, and for an hour while the database or the keys of
 * Entra ID are unavailable, so that an outage does not look like a wrong credential (quirk
 * ENTRA-05: Entra quarantines on 401). No entry outlives its token.
 */
public final class CredentialCache {

  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration IN_AN_OUTAGE = Duration.ofHours(1);
  private static final int MAX_ENTRIES = 10_000;

  private final Cache<ByteBuffer, Known> known =
      Caffeine.newBuilder().maximumSize(MAX_ENTRIES).build();
  private final BatchLoader<BearerToken, Holder> tokens;
  private final EntraTokens entra;
  private final Clock clock;

  CredentialCache(BatchLoader<BearerToken, Holder> tokens, EntraTokens entra, Clock clock) {
    this.tokens = tokens;
    this.entra = entra;
    this.clock = clock;
  }

  private record Known(Holder holder, Instant at, Instant expires) {
    /** An entry from after now is from before the clock was set back. */
    boolean youngerThan(Duration age, Instant now) {
      return Duration.between(at, now).abs().compareTo(age) < 0 && expires.isAfter(now);
    }
  }

  /**
   * Finds the holder.
   *
   * @throws StoreUnavailableException when the holder cannot be determined
   */
  Optional<Holder> holder(BearerToken token) {
    ByteBuffer key = ByteBuffer.wrap(token.hash());
    Instant now = clock.instant();
    Known entry = known.getIfPresent(key);
    if (entry != null && entry.youngerThan(FRESH, now)) {
      return Optional.of(entry.holder());
    }
    try {
      return remember(key, find(token, now));
    } catch (StoreUnavailableException e) {
      if (entry != null && entry.youngerThan(IN_AN_OUTAGE, now)) {
        return Optional.of(entry.holder());
      }
      throw e;
    }
  }

  private Optional<Known> find(BearerToken token, Instant now) {
    return EntraTokens.mayBe(token)
        ? entra.proof(token).map(it -> new Known(it.holder(), now, it.expires()))
        : tokens.find(token).map(it -> new Known(it, now, Instant.MAX));
  }

  private Optional<Holder> remember(ByteBuffer key, Optional<Known> found) {
    found.ifPresentOrElse(it -> known.put(key, it), () -> known.invalidate(key));
    return found.map(Known::holder);
  }

  /** Clears the cache, so that a revoked token ends at once on this instance. */
  public void clear() {
    known.invalidateAll();
  }
}
