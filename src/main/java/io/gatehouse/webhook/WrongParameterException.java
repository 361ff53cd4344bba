package io.gatehouse.webhook;

/** A parameter of a step is not what it must be. */
public final class WrongParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * A problem.
   *
   * @param problem the end of a sentence that begins with the name
   */
  public WrongParameterException(String name, String problem) {
    super("'" + name + "' " + problem + ".");
    this.name = name;
  }

  /** Which parameter. */
  public String name() {
    return name;
  }
}
