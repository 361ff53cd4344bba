package io.gatehouse;

/** Gatehouse cannot start, for a reason that one sentence explains and the operator can remove. */
public final class StartupRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupRefusedException(String sentence) {
    super(sentence);
  }
}
