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
import java.util.function.IntSupplier;

/**
 * Limits the requests of a connection on all instances together: each has a token bucket that fills
 * at its part of the rate of the setting and holds twice as many, at least one (quirks ENTRA-08,
 * OKTA-29).
 */
public final class RateLimits {

  private static final int BURST_SECONDS = 2;
  private static final double NANOS = 1e9;

  /** How long an unused bucket is kept; it is full again long before. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Cache<Limit, Bucket> buckets;
  private final TimeMeter time;
  private final IntSupplier instances;

  /** Creates the limits, with full buckets, for this number of instances. */
  public RateLimits(IntSupplier instances) {
    this(TimeMeter.SYSTEM_NANOTIME, instances);
  }

  /**
   * Creates the limits, with full buckets.
   *
   * @param time a monotonic clock, such as {@link TimeMeter#SYSTEM_NANOTIME}
   * @param instances the number of instances that requests come to
   */
  RateLimits(TimeMeter time, IntSupplier instances) {
    this.time = time;
    this.instances = instances;
    this.buckets =
        Caffeine.newBuilder().expireAfterAccess(IDLE).ticker(time::currentTimeNanos).build();
  }

  /**
   * The key of a bucket: when the rate of a connection or the number of instances changes, it gets
   * another bucket.
   */
  private record Limit(UUID connection, int rate, int instances, boolean urgent) {}

  /** Counts a request; returns the seconds to wait when it exceeds the limit, else empty. */
  public OptionalInt refuses(Connections.Holder holder) {
    return refuses(holder, false);
  }

  /**
   * Counts an urgent command of a request that exceeds the limit. Such commands have the same limit
   * again, for themselves.
   */
  public OptionalInt refusesUrgent(Connections.Holder holder) {
    return refuses(holder, true);
  }

  private OptionalInt refuses(Connections.Holder holder, boolean urgent) {
    int rate = holder.settings().path(ConnectionSettings.RATE_LIMIT).asInt();
    if (rate < 1) {
      return OptionalInt.empty();
    }
    Limit limit =
        new Limit(holder.caller().requireConnection(), rate, instances.getAsInt(), urgent);
    ConsumptionProbe request = buckets.get(limit, this::full).tryConsumeAndReturnRemaining(1);
    return request.isConsumed()
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.ceil(request.getNanosToWaitForRefill() / NANOS));
  }

  private Bucket full(Limit limit) {
    long burst = (long) limit.rate() * BURST_SECONDS / limit.instances();
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(
            it ->
                it.capacity(Math.max(1, burst))
                    .refillGreedy(limit.rate(), Duration.ofSeconds(limit.instances())))
        .build();
  }
}
