package io.gatehouse.idpapi;

import io.gatehouse.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads the requested wait from the rate limit headers of each IdP. */
final class RateLimitHeaders {

  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** A larger number is an epoch time in a field for seconds. */
  private static final Duration A_LIFE = Duration.ofSeconds(999_999_999);

  private RateLimitHeaders() {}

  /** The wait after a throttled answer, between a second and an hour. */
  static Duration wait(ApiResponse response, Instant now) {
    Duration asked = asked(response, now).orElse(USUAL);
    if (asked.compareTo(Duration.ofSeconds(1)) < 0) {
      return Duration.ofSeconds(1);
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  /** The requested wait; Okta's reset time is compared with Okta's own {@code Date} header. */
  private static Optional<Duration> asked(ApiResponse response, Instant now) {
    Instant theirs = response.header("Date").flatMap(RetryAfter::date).orElse(now);
    return wait(response, RetryAfter.HEADER, theirs)
        .or(() -> reset(response).map(it -> Duration.between(theirs, it)))
        .or(() -> wait(response, "X-RateLimit-Reset", theirs));
  }

  private static Optional<Duration> wait(ApiResponse response, String header, Instant theirs) {
    return response
        .header(header)
        .flatMap(it -> RetryAfter.read(it, theirs))
        .filter(it -> it.compareTo(A_LIFE) <= 0);
  }

  private static Optional<Instant> reset(ApiResponse response) {
    return response
        .header("X-Rate-Limit-Reset")
        .map(String::strip)
        .filter(it -> it.matches("\\d{1,11}"))
        .map(it -> Instant.ofEpochSecond(Long.parseLong(it)));
  }
}
