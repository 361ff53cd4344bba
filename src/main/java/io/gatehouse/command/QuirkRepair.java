package io.gatehouse.command;

/**
 * What is recorded of a quirk that fired: its name and the path that it repaired, never a value.
 */
public final class QuirkRepair {

  private static final int MAX_PATH = 160;

  private QuirkRepair() {}

  public static String of(String quirk, String path) {
    String shown = withoutFilter(path);
    return (quirk + " " + shown.substring(0, Math.min(MAX_PATH, shown.length()))).strip();
  }

  /** A filter may name a person. It ends with the last bracket, whatever stands in it. */
  private static String withoutFilter(String path) {
    int open = path.indexOf('[');
    int close = path.lastIndexOf(']');
    return open < 0 || close < open
        ? path
        : path.substring(0, open) + "[]" + path.substring(close + 1);
  }
}
