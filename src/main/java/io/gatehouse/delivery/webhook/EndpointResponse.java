package io.gatehouse.delivery.webhook;

import io.gatehouse.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver said to an event.
 *
 * @param status null when there was no answer
 * @param retryAfter the header, which may be anything
 * @param problem one of our own sentences, because a receiver may send us back what we sent; null
 *     when the event was accepted
 */
public record EndpointResponse(
    @Nullable Integer status, @Nullable String retryAfter, @Nullable String problem) {

  private static final Duration LONGEST = Duration.ofHours(24);

  public static EndpointResponse answered(int status, @Nullable String retryAfter) {
    return new EndpointResponse(status, retryAfter, problem(status));
  }

  public static EndpointResponse failed(String problem) {
    return new EndpointResponse(null, null, problem);
  }

  private static @Nullable String problem(int status) {
    return switch (status / 100) {
      case 2 -> null;
      case 3 -> "The receiver answered " + status + "; redirects are not followed.";
      default -> "The receiver answered " + status + ".";
    };
  }

  boolean accepted() {
    return problem == null;
  }

  /** Whether the receiver wants nothing more, ever. */
  boolean gone() {
    return status != null && status == 410;
  }

  /** How long the receiver asks to wait, but a day at most. */
  public Duration pause(Instant now) {
    if (retryAfter == null || status == null || (status != 429 && status != 503)) {
      return Duration.ZERO;
    }
    Duration asked = RetryAfter.read(retryAfter, now).orElse(Duration.ZERO);
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
