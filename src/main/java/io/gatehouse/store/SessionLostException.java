package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * The work failed as if the store were unavailable, but the store answers. Either it was restarted
 * a moment ago, or it has ended the session because of the work. Only a retry of each item alone
 * tells the two cases apart.
 */
public final class SessionLostException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  public SessionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
