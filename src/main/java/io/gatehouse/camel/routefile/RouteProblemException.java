package io.gatehouse.camel.routefile;

/** What is wrong with a route file, and in which line. */
final class RouteProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String what;

  /**
   * A problem.
   *
   * @param line counted from 1
   */
  RouteProblemException(int line, String sentence) {
    super(sentence);
    this.line = line;
    this.what = sentence;
  }

  /** The same problem in a text that begins some lines further down. */
  RouteProblemException below(int lines) {
    return new RouteProblemException(line + lines, what);
  }

  String sentence() {
    return "line " + line + ": " + what;
  }
}
