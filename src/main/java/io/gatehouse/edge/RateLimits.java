package io.gatehouse.edge;

import io.gatehouse.tenant.ConnectionSettings;
import io.gatehouse.tenant.Connections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests a connection may make on this instance: a bucket that fills at the rate of its
 * setting, and holds twice as many (quirks ENTRA-08, OKTA-29).
 */
public final class RateLimits {

  private static final int BURST_SECONDS = 2;
  private static final double NANOS = 1e9;

  private final Map<UUID, Bucket> buckets = new ConcurrentHashMap<>();
  private final Clock clock;

  public RateLimits(Clock clock) {
    this.clock = clock;
  }

  /** Counts a request; the seconds to wait when it is one too many. */
  public OptionalInt refuses(Connections.Holder holder) {
    int rate = holder.settings().path(ConnectionSettings.RATE_LIMIT).asInt();
    UUID connection = holder.caller().requireConnection();
    if (rate < 1) {
      buckets.remove(connection);
      return OptionalInt.empty();
    }
    return buckets
        .compute(connection, (id, it) -> it != null && it.rate == rate ? it : new Bucket(rate))
        .refuses(clock.instant());
  }

  /** What is left of one connection's requests. */
  private static final class Bucket {

    private final int rate;
    private double left;
    private Instant at = Instant.MIN;

    Bucket(int rate) {
      this.rate = rate;
    }

    /** The clock may be set back, which is no time at all. */
    synchronized OptionalInt refuses(Instant now) {
      double passed =
          at.equals(Instant.MIN)
              ? BURST_SECONDS
              : Math.max(0, Duration.between(at, now).toNanos() / NANOS);
      at = now;
      left = Math.min(left + passed * rate, (double) rate * BURST_SECONDS);
      if (left < 1) {
        return OptionalInt.of((int) Math.ceil((1 - left) / rate));
      }
      left--;
      return OptionalInt.empty();
    }
  }
}
