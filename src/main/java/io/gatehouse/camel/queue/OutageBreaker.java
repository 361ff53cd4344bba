package io.gatehouse.camel.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Remembers for a moment that the broker is away, so that not every call waits to find that out:
 * opens at the first failure; after the moment one call tries, and the others go on without until
 * that one has succeeded.
 */
public final class OutageBreaker {

  /** Never set back, as the time of day may be. */
  private static final InstantSource STEADY = () -> Instant.EPOCH.plusNanos(System.nanoTime());

  private static final Clock CLOCK = STEADY.withZone(ZoneOffset.UTC);

  /** In moments: longer than a send takes, and an end for a trial whose result is never heard. */
  private static final int TRIAL = 5;

  private OutageBreaker() {}

  public static CircuitBreaker of(Duration moment) {
    return CircuitBreaker.of(
        "broker",
        CircuitBreakerConfig.custom()
            .slidingWindowSize(1)
            .minimumNumberOfCalls(1)
            .waitDurationInOpenState(moment)
            .permittedNumberOfCallsInHalfOpenState(1)
            .maxWaitDurationInHalfOpenState(moment.multipliedBy(TRIAL))
            .clock(CLOCK)
            .build());
  }

  /** Remembers nothing: each call tries. */
  public static CircuitBreaker none() {
    CircuitBreaker none = CircuitBreaker.ofDefaults("broker");
    none.transitionToDisabledState();
    return none;
  }
}
