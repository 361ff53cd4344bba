package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The store is unavailable; the request may be correct. The caller tries again later. */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
