package io.gatehouse.faults;

import java.util.regex.Pattern;

/** The statements between which there are halt points, found by their text. */
enum SqlStep {
  SAVE("insert into person as p"),
  OUTCOMES("insert into command_outcome \\(command_id"),
  ERASE("delete from person p\\s+using"),
  /** The relay marks changes as announced. */
  MARK("update change c\\s+set sequence"),
  OTHER("");

  private final Pattern text;

  SqlStep(String text) {
    this.text = Pattern.compile(text);
  }

  static SqlStep of(String sql) {
    for (SqlStep each : values()) {
      if (each.text.matcher(sql).find()) {
        return each;
      }
    }
    return OTHER;
  }
}
