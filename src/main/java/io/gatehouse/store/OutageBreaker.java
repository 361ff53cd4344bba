package io.gatehouse.store;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * Remembers for a moment that something is away, so that not every call waits to find that out:
 * opens at the first failure; after the moment one call tries, and the others go on without until
 * that one has succeeded.
 */
public final class OutageBreaker {

  /** Never set back, as the time of day may be. */
  private static final Clock STEADY = steady().withZone(ZoneOffset.UTC);

  private OutageBreaker() {}

  public static CircuitBreaker of(String name, Duration moment) {
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindowSize(1)
            .minimumNumberOfCalls(1)
            .waitDurationInOpenState(moment)
            .permittedNumberOfCallsInHalfOpenState(1)
            .maxWaitDurationInHalfOpenState(moment) // for one that ends with an error of the JVM
            .clock(STEADY)
            .build());
  }

  private static InstantSource steady() {
    return () -> Instant.EPOCH.plusNanos(System.nanoTime());
  }
}
