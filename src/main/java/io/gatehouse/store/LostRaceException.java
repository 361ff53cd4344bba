package io.gatehouse.store;

/**
 * Another transaction was first: a deadlock, a lock that is not given back in time, or a constraint
 * that has the last word. Reload and apply again.
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
