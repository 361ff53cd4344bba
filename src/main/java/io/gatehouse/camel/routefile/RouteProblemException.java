package io.gatehouse.camel.routefile;

/** An error in a route file, with its line. */
final class RouteProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final String what;

  /**
   * Reports an error.
   *
   * @param line counted from 1
   */
  RouteProblemException(int line, String sentence) {
    super(sentence);
    this.line = line;
    this.what = sentence;
  }

  /** The same error in a text that starts this many lines further down. */
  RouteProblemException below(int lines) {
    return new RouteProblemException(line + lines, what);
  }

  String sentence() {
    return "line " + line + ": " + what;
  }
}
