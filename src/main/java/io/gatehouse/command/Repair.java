package io.gatehouse.command;

import java.util.regex.Pattern;

/**
 * What is recorded of a quirk that fired: its name and the path that it repaired, never a value.
 */
public final class Repair {

  /** A filter may name a person, and so may a path that is none. */
  private static final Pattern FILTER = Pattern.compile("\\[.*]", Pattern.DOTALL);

  private static final int MAX_PATH = 160;

  private Repair() {}

  public static String of(String quirk, String path) {
    String shown = FILTER.matcher(path).replaceAll("[]");
    return (quirk + " " + shown.substring(0, Math.min(MAX_PATH, shown.length()))).strip();
  }
}
