package io.gatehouse.admin.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text in CSV files that people open in a spreadsheet. */
public final class SpreadsheetText {

  /**
   * Tells a spreadsheet that the file is UTF-8; without it, some take names for another encoding.
   */
  public static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * The beginning of a formula: at the beginning of the text, and behind what ends a cell where
   * cells are separated by semicolons or tabs. Quotes do not help there, because the comma before
   * the quote is no separator. The last four are the full-width forms.
   */
  private static final Pattern FORMULA =
      Pattern.compile("^(?=[\\t\\r\\n])|(?<=^|[;\\t\\r\\n])(?=[=+\\-@|\uFF1D\uFF0B\uFF0D\uFF20])");

  private SpreadsheetText() {}

  /** The text with an apostrophe before what a spreadsheet would take for a formula. */
  public static @Nullable String of(@Nullable String text) {
    return text == null ? null : FORMULA.matcher(text).replaceAll("'");
  }
}
