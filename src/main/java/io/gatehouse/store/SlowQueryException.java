package io.gatehouse.store;

/** A read exceeded its time limit and was cancelled. */
public final class SlowQueryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SlowQueryException(Throwable cause) {
    super("A read took longer than allowed", cause);
  }
}
