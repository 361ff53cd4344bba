package io.gatehouse.idpapi;

import io.gatehouse.http.SteadyClock;
import io.gatehouse.inbox.IdpApiException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP client of one connection. While the IdP asks to wait, and for a while after repeated
 * failures, calls are refused here without a request.
 */
final class ThrottledClient {

  private static final int FAILURES = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private final JsonHttp http;
  private final CircuitBreaker breaker;
  private final Clock clock;

  /** Or an hour by which the time of day is set back would be an hour of rest. */
  private final Clock steady;

  private volatile Instant quietUntil = Instant.MIN;

  ThrottledClient(JsonHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
    this.steady = new SteadyClock(clock);
    this.breaker =
        CircuitBreaker.of(
            "idp-api",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(2 * FAILURES)
                .minimumNumberOfCalls(FAILURES)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(steady)
                .build());
  }

  /**
   * Makes a call; the answer may have an error status.
   *
   * @throws IdpApiException when there is no answer, a server error, or a request to wait
   */
  ApiResponse exchange(ApiRequest request) {
    requireNotToWait(request);
    if (!breaker.tryAcquirePermission()) {
      throw new IdpApiException(request + " waits, because calls before have failed", REST, null);
    }
    ApiResponse response = answered(request);
    if (response.status() == 429) {
      Duration wait = RateLimitHeaders.wait(response, clock.instant());
      quietUntil = steady.instant().plus(wait);
      throw new IdpApiException(request + " is answered 429", wait, null);
    }
    return response;
  }

  private void requireNotToWait(ApiRequest request) {
    Duration left = Duration.between(steady.instant(), quietUntil);
    if (left.isNegative() || left.isZero()) {
      return;
    }
    throw new IdpApiException(request + " waits, because the IdP has asked to", left, null);
  }

  private ApiResponse answered(ApiRequest request) {
    try {
      ApiResponse response = http.send(request);
      if (response.status() >= 500) {
        throw new IOException("an answer of " + response.status());
      }
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      return response;
    } catch (IOException e) {
      breaker.onError(0, TimeUnit.NANOSECONDS, e);
      throw new IdpApiException(request + " has failed: " + e.getMessage(), null, e);
    } catch (RuntimeException e) {
      breaker.releasePermission();
      throw e;
    }
  }
}
