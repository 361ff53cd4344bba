package io.gatehouse.store;

import org.jspecify.annotations.Nullable;

/** The store is away, which is nobody's fault: try again later. */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
