package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Optional;

/** JSON values in a filter (RFC 8259). */
final class FilterLiterals {

  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private FilterLiterals() {}

  /** A value without quotes: true, false, null or a number. */
  static Optional<JsonNode> bare(String word) {
    return switch (word) {
      case "true" -> Optional.of(BooleanNode.TRUE);
      case "false" -> Optional.of(BooleanNode.FALSE);
      case "null" -> Optional.of(NullNode.instance);
      default -> isNumber(word) ? Optional.of(number(word)) : Optional.empty();
    };
  }

  private static JsonNode number(String word) {
    BigDecimal number = new BigDecimal(word);
    if (!Json.isNumber(number)) {
      throw ScimException.invalidFilter(
          "The number " + FilterTokens.shown(word) + " is out of range.");
    }
    return word.chars().allMatch(c -> c == '-' || isDigit(c))
        ? BigIntegerNode.valueOf(number.toBigInteger())
        : DecimalNode.valueOf(number);
  }

  private static boolean isNumber(String word) {
    int at = word.startsWith("-") ? 1 : 0;
    int integer = digits(word, at);
    if (integer == at || (word.charAt(at) == '0' && integer > at + 1)) {
      return false;
    }
    at = integer;
    if (at < word.length() && word.charAt(at) == '.') {
      int fraction = digits(word, at + 1);
      if (fraction == at + 1) {
        return false;
      }
      at = fraction;
    }
    return at == word.length() || isExponent(word.substring(at));
  }

  /** Whether a number has an exponent of more than four digits, which is out of any range. */
  private static boolean isExponent(String text) {
    if (text.charAt(0) != 'e' && text.charAt(0) != 'E') {
      return false;
    }
    int start = text.length() > 1 && "+-".indexOf(text.charAt(1)) >= 0 ? 2 : 1;
    int end = digits(text, start);
    return end > start && end == text.length() && end - start <= 4;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The string that is written in quotes; empty unless PostgreSQL can store it. */
  static Optional<JsonNode> string(String quoted) {
    StringBuilder text = new StringBuilder();
    int at = 1;
    while (at < quoted.length() - 1) {
      char c = quoted.charAt(at++);
      int meant = c == '\\' ? escaped(quoted, at) : c < ' ' ? -1 : c;
      if (meant < 0) {
        return Optional.empty();
      }
      at += c != '\\' ? 0 : quoted.charAt(at) == 'u' ? 5 : 1;
      text.append((char) meant);
    }
    return Optional.of(text.toString()).filter(Json::isText).map(TextNode::valueOf);
  }

  /** The character of an escape sequence; negative when it is invalid. */
  private static int escaped(String quoted, int at) {
    if (quoted.charAt(at) != 'u') {
      int which = ESCAPED.indexOf(quoted.charAt(at));
      return which < 0 ? -1 : MEANT.charAt(which);
    }
    int value = 0;
    for (int i = at + 1; i < at + 5; i++) {
      int digit = i < quoted.length() ? Character.digit(quoted.charAt(i), 16) : -1;
      if (digit < 0 || quoted.charAt(i) > 'f') {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
