package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lenient readings of a filter. */
final class FilterText {

  /** The longest text that is read leniently, because that takes long; no real filter is longer. */
  static final int MAX_LENGTH = 4096;

  private static final String STRING = "\"(?:[^\"\\\\]++|\\\\.)*+\"";

  /**
   * A string, which is skipped, or an operator and the word after it. Single and typographic quotes
   * form no word: their value is read or refused elsewhere.
   */
  private static final Pattern BARE =
      Pattern.compile(
          STRING
              + "|(\\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\\s+)([^\\s'`\u2018-\u201f\"()\\[\\]][^\\s\"()\\[\\]]*)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LITERAL =
      Pattern.compile("true|false|null|-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private static final Pattern BOOLEAN =
      Pattern.compile("(\\seq)\\s*+\"(true|false)\"", Pattern.CASE_INSENSITIVE);

  /** An attribute, optionally with brackets, that is compared for equality with a string. */
  private static final Pattern EQUALITY =
      Pattern.compile(
          "(?<![^\\s()\"\\[\\]])([^\\s()\"\\[\\]]++(?:\\[(?:"
              + STRING
              + "|[^\\]\"])*+][^\\s()\"\\[\\]]*)?)\\s+eq\\s*+("
              + STRING
              + ")",
          Pattern.CASE_INSENSITIVE);

  /** A string, which is skipped, or an attribute that is compared or has a filter in brackets. */
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          STRING
              + "|(?<![^\\s()\\[\\]])([^\\s()\"\\[\\]]++)"
              + "(?=\\s+(?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)(?![^\\s()\"])|\\[)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern STRINGS = Pattern.compile(STRING);

  /** An escape of JSON (RFC 8259 section 7), or a backslash that begins no escape. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\([\"\\\\/bfnrt]|u[0-9A-Fa-f]{4})|\\\\");

  private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private FilterText() {}

  /** Puts bare words in quotes, unless they are JSON values. */
  static String wordsQuoted(String filter) {
    return quoted(filter, LITERAL);
  }

  /** Puts all bare values in quotes. */
  static String quoted(String filter) {
    return quoted(filter, NOTHING);
  }

  private static String quoted(String filter, Pattern except) {
    return BARE.matcher(filter)
        .replaceAll(
            it ->
                Matcher.quoteReplacement(
                    it.group(2) == null || except.matcher(it.group(2)).matches()
                        ? it.group()
                        : it.group(1) + Json.text(text(it.group(2)))));
  }

  /** Replaces "True" and "False" by the booleans. */
  static String booleansBare(String filter) {
    return BOOLEAN
        .matcher(filter)
        .replaceAll(it -> it.group(1) + " " + it.group(2).toLowerCase(Locale.ROOT));
  }

  /** Escapes each backslash in a string that begins no escape. */
  static String backslashesEscaped(String filter) {
    return STRINGS
        .matcher(filter)
        .replaceAll(it -> Matcher.quoteReplacement(backslashEscaped(it.group())));
  }

  private static String backslashEscaped(String string) {
    return ESCAPE
        .matcher(string)
        .replaceAll(it -> Matcher.quoteReplacement(it.group(1) == null ? "\\\\" : it.group()));
  }

  /** Whether a filter contains some text, in any case. */
  static boolean contains(String filter, String text) {
    for (int i = 0; i <= filter.length() - text.length(); i++) {
      if (filter.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }

  /** Renames the attributes. */
  static String renamed(String filter, UnaryOperator<String> names) {
    return filter.length() > MAX_LENGTH
        ? filter
        : ATTRIBUTE
            .matcher(filter)
            .replaceAll(
                it ->
                    Matcher.quoteReplacement(
                        it.group(1) == null ? it.group() : names.apply(it.group(1))));
  }

  /** URL-decodes the whole filter once more. */
  static String decoded(String filter) {
    return ENCODED.matcher(filter).replaceAll(it -> Matcher.quoteReplacement(decoded(it)));
  }

  /**
   * Replaces each value that is still URL-encoded by an alternative of itself and its decoded form.
   */
  static String eitherDecoded(String filter) {
    return filter.indexOf('%') < 0
        ? filter
        : EQUALITY.matcher(filter).replaceAll(it -> Matcher.quoteReplacement(either(it)));
  }

  private static String either(MatchResult equality) {
    String value = equality.group(2);
    String decoded =
        ENCODED.matcher(value).replaceAll(it -> Matcher.quoteReplacement(inQuotes(decoded(it))));
    return decoded.equals(value)
        ? equality.group()
        : "(%1$s eq %2$s or %1$s eq %3$s)".formatted(equality.group(1), value, decoded);
  }

  private static String decoded(MatchResult escapes) {
    return URLDecoder.decode(escapes.group(), StandardCharsets.UTF_8);
  }

  private static String inQuotes(String text) {
    String quoted = Json.text(text(text));
    return quoted.substring(1, quoted.length() - 1);
  }

  private static TextNode text(String text) {
    return TextNode.valueOf(text);
  }
}
