package io.gatehouse.idpapi;

import io.gatehouse.inbox.IdpApiException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The line of one connection to its IdP. While the IdP asks to wait, and for a while after it has
 * failed again and again, calls are refused here and cost nobody time.
 */
final class Line {

  private static final int FAILURES = 5;
  private static final Duration REST = Duration.ofSeconds(30);

  private final JsonHttp http;
  private final CircuitBreaker breaker;
  private final Clock clock;
  private volatile Instant quietUntil = Instant.MIN;

  Line(JsonHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
    this.breaker =
        CircuitBreaker.of(
            "idp-api",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(2 * FAILURES)
                .minimumNumberOfCalls(FAILURES)
                .waitDurationInOpenState(REST)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build());
  }

  /**
   * Makes a call; the answer may be a refusal.
   *
   * @throws IdpApiException when there is no answer, a failure, or the request to wait
   */
  Reply exchange(Call call) {
    requireNotToWait(call);
    if (!breaker.tryAcquirePermission()) {
      throw new IdpApiException(call + " waits, because calls before have failed", REST, null);
    }
    Reply reply = answered(call);
    if (reply.status() == 429) {
      Duration wait = Waits.of(reply, clock.instant());
      quietUntil = clock.instant().plus(wait);
      throw new IdpApiException(call + " is answered 429", wait, null);
    }
    return reply;
  }

  private void requireNotToWait(Call call) {
    Duration left = Duration.between(clock.instant(), quietUntil);
    if (left.isNegative() || left.isZero()) {
      return;
    }
    throw new IdpApiException(call + " waits, because the IdP has asked to", left, null);
  }

  private Reply answered(Call call) {
    try {
      Reply reply = http.send(call);
      if (reply.status() >= 500) {
        throw new IOException("an answer of " + reply.status());
      }
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
      return reply;
    } catch (IOException e) {
      breaker.onError(0, TimeUnit.NANOSECONDS, e);
      throw new IdpApiException(call + " has failed: " + e.getMessage(), null, e);
    } catch (RuntimeException e) {
      breaker.releasePermission();
      throw e;
    }
  }
}
