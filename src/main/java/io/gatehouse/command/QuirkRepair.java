package io.gatehouse.command;

/** The record of a quirk that fired: its name and the path that it repaired, never a value. */
public final class QuirkRepair {

  private static final int MAX_PATH = 160;

  private QuirkRepair() {}

  public static String of(String quirk, String path) {
    String shown = withoutFilter(path);
    return (quirk + " " + shown.substring(0, Math.min(MAX_PATH, shown.length()))).strip();
  }

  /**
   * Removes a filter, which may contain the name of a user. The filter ends with the last bracket,
   * because its value may contain brackets.
   */
  private static String withoutFilter(String path) {
    int open = path.indexOf('[');
    int close = path.lastIndexOf(']');
    return open < 0 || close < open
        ? path
        : path.substring(0, open) + "[]" + path.substring(close + 1);
  }
}
