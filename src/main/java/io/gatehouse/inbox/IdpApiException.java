package io.gatehouse.inbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API of an IdP gives no answer now: it is away, asks to wait, or refuses our credentials. */
public final class IdpApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Says why, without anything secret.
   *
   * @param retryAfter how long the IdP asks to wait, if it does
   */
  public IdpApiException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
