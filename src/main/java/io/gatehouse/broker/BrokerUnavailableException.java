package io.gatehouse.broker;

import org.jspecify.annotations.Nullable;

/** The broker is away or refuses. */
public final class BrokerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
