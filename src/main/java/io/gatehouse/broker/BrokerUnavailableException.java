package io.gatehouse.broker;

import org.jspecify.annotations.Nullable;

/** The broker cannot be reached, or refuses the operation. */
public final class BrokerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
