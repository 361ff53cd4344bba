package io.gatehouse.delivery.webhook;

import io.gatehouse.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The response of a receiver to an event.
 *
 * @param status null when there was no response
 * @param retryAfter the header, which may be malformed
 * @param problem a sentence of the gateway, never text of the receiver, which might contain the
 *     event; null when the event was accepted
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

  public boolean accepted() {
    return problem == null;
  }

  /** Whether the receiver permanently refuses events (410 Gone). */
  boolean gone() {
    return status != null && status == 410;
  }

  /**
   * The pause that the receiver asks for with 429 or 503, at most a day; zero when it asks for
   * none.
   */
  public Duration pause(Instant now) {
    if (retryAfter == null || status == null || (status != 429 && status != 503)) {
      return Duration.ZERO;
    }
    Duration asked = RetryAfter.read(retryAfter, now).orElse(Duration.ZERO);
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
