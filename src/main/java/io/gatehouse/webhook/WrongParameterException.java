package io.gatehouse.webhook;

/** A parameter of a step is invalid. */
public final class WrongParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * Creates the exception.
   *
   * @param problem the end of a sentence that begins with the name
   */
  public WrongParameterException(String name, String problem) {
    super("'" + name + "' " + problem + ".");
    this.name = name;
  }

  /** The name of the parameter. */
  public String name() {
    return name;
  }
}
