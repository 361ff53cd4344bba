package io.gatehouse.camel.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * A circuit breaker that remembers a failure of the broker for a moment, so that not every call
 * waits for a timeout. It opens at the first failure. After the moment, one call tries; the others
 * fail at once until that call has succeeded.
 */
public final class OutageBreaker {

  /** A monotonic clock, because the time of day may be set back. */
  private static final InstantSource STEADY = () -> Instant.EPOCH.plusNanos(System.nanoTime());

  private static final Clock CLOCK = STEADY.withZone(ZoneOffset.UTC);

  private OutageBreaker() {}

  public static CircuitBreaker of(Duration moment) {
    return CircuitBreaker.of(
        "broker",
        CircuitBreakerConfig.custom()
            .slidingWindowSize(1)
            .minimumNumberOfCalls(1)
            .waitDurationInOpenState(moment)
            .permittedNumberOfCallsInHalfOpenState(1)
            .maxWaitDurationInHalfOpenState(moment) // In case the trial call never reports its end.
            .clock(CLOCK)
            .build());
  }

  /** A breaker that is always closed: each call tries. */
  public static CircuitBreaker none() {
    CircuitBreaker none = CircuitBreaker.ofDefaults("broker");
    none.transitionToDisabledState();
    return none;
  }
}
