package io.gatehouse.store;

/**
 * Another transaction was first: a deadlock, a lock timeout, or a violated constraint. The caller
 * reloads and applies again.
 */
public final class LostRaceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LostRaceException(String message) {
    super(message);
  }

  public LostRaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
