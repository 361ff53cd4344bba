package io.gatehouse.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The API of an IdP gives no answer now: it is unavailable, asks to wait, or refuses the
 * connection's credentials.
 */
public final class IdpApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Creates the exception; the message holds no secret.
   *
   * @param retryAfter how long the IdP asks to wait; null when it does not say
   */
  public IdpApiException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
