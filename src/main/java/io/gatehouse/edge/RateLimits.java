package io.gatehouse.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Limits the requests of a connection on this instance: a token bucket that fills at the rate of
 * the setting and holds twice as many (quirks ENTRA-08, OKTA-29).
 */
public final class RateLimits {

  private static final int BURST_SECONDS = 2;
  private static final double NANOS = 1e9;

  /** How long an unused bucket is kept; it is full again long before. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Cache<Limit, Bucket> buckets;
  private final TimeMeter time;

  /**
   * Creates the limits, with full buckets.
   *
   * @param time a monotonic clock, such as {@link TimeMeter#SYSTEM_NANOTIME}
   */
  public RateLimits(TimeMeter time) {
    this.time = time;
    this.buckets =
        Caffeine.newBuilder().expireAfterAccess(IDLE).ticker(time::currentTimeNanos).build();
  }

  /** The key of a bucket: a connection whose rate changes gets another bucket. */
  private record Limit(UUID connection, int rate) {}

  /** Counts a request; returns the seconds to wait when it exceeds the limit, else empty. */
  public OptionalInt refuses(Connections.Holder holder) {
    int rate = holder.settings().path(ConnectionSettings.RATE_LIMIT).asInt();
    if (rate < 1) {
      return OptionalInt.empty();
    }
    Limit limit = new Limit(holder.caller().requireConnection(), rate);
    ConsumptionProbe request =
        buckets.get(limit, it -> full(it.rate())).tryConsumeAndReturnRemaining(1);
    return request.isConsumed()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.ceil(request.getNanosToWaitForRefill() / NANOS));
  }

  private Bucket full(int rate) {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            it ->
                it.capacity((long) rate * BURST_SECONDS).refillGreedy(rate, Duration.ofSeconds(1)))
        .build();
  }
}
