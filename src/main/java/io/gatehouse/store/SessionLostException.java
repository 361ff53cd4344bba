package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * Something could not be done as if the store were away, but the store is there: it was restarted a
 * moment ago, or it has ended the session because of what was done in it. Only trying again, one by
 * one, tells the two apart.
 */
public final class SessionLostException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  public SessionLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
