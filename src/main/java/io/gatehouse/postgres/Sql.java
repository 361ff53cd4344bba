package io.gatehouse.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL. What comes from a client is among the parameters, never in the text.
 *
 * @param text built from constants only
 * @param parameters in the order of their marks
 */
record Sql(String text, List<Object> parameters) {

  static Sql of(String text, Object... parameters) {
    return new Sql(text, List.of(parameters));
  }

  Sql then(Sql next) {
    List<Object> all = new ArrayList<>(parameters);
    all.addAll(next.parameters);
    return new Sql(text + next.text, List.copyOf(all));
  }

  Sql then(String next, Object... more) {
    return then(of(next, more));
  }

  /** This between two pieces of text. */
  Sql in(String before, String after) {
    return new Sql(before + text + after, parameters);
  }

  Sql not() {
    return in("not (", ")");
  }

  static Sql and(List<Sql> pieces) {
    return pieces.isEmpty() ? of("true") : joined(pieces, "and");
  }

  static Sql or(List<Sql> pieces) {
    return pieces.isEmpty() ? of("false") : joined(pieces, "or");
  }

  private static Sql joined(List<Sql> pieces, String word) {
    return new Sql(
        pieces.stream().map(Sql::text).collect(Collectors.joining(" " + word + " ", "(", ")")),
        pieces.stream().flatMap(it -> it.parameters.stream()).toList());
  }
}
