package io.gatehouse.scim;

/** Splits a filter into words, signs and values (RFC 7644 section 3.4.2.2, figure 1). */
public final class FilterTokens {

  private static final String SIGNS = " ()[]\"";
  private static final int SHOWN = 40;

  private final String text;
  private int at;

  FilterTokens(String text) {
    this.text = text;
    skipSpaces();
  }

  /** The current position, for a later return. */
  int mark() {
    return at;
  }

  void reset(int mark) {
    at = mark;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Whether the position follows a space or is at the beginning. */
  boolean spaced() {
    return at == 0 || text.charAt(at - 1) == ' ';
  }

  /** Reads a sign and the spaces after it, if it comes next. */
  boolean takes(char sign) {
    if (!follows(sign)) {
      return false;
    }
    at++;
    skipSpaces();
    return true;
  }

  /** Reads a sign that needs no space after it. */
  boolean takesBare(char sign) {
    if (!follows(sign)) {
      return false;
    }
    at++;
    return true;
  }

  boolean follows(char sign) {
    return at < text.length() && text.charAt(at) == sign;
  }

  void expect(char sign) {
    if (!takes(sign)) {
      throw expected("'" + sign + "'");
    }
  }

  /** Reads up to the next sign; empty at a sign. Does not read the spaces after it. */
  String word() {
    int start = at;
    while (at < text.length() && SIGNS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  void skipSpaces() {
    while (follows(' ')) {
      at++;
    }
  }

  /** Reads a string in quotes, with its quotes and escapes. */
  String quoted() {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw malformed("the string has no end.");
    }
    return text.substring(start, ++at);
  }

  ScimException expected(String what) {
    return malformed(what + " is expected" + (atEnd() ? " at its end." : "."));
  }

  ScimException malformed(String why) {
    return ScimException.invalidFilter(
        "The filter is malformed at character %d: %s".formatted(at + 1, why));
  }

  /** Text of a client, escaped and shortened for an error message. */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(SHOWN)
        .forEach(c -> shown.appendCodePoint(c < ' ' || c == 127 ? '?' : c));
    return shown.append(text.length() > SHOWN ? "...'" : "'").toString();
  }
}
