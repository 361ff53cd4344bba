package io.gatehouse.store;

/** A read took longer than one may, and was ended. */
public final class SlowQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SlowQueryException(Throwable cause) {
    super("A read took longer than allowed", cause);
  }
}
