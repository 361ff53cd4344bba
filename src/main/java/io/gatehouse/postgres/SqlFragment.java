package io.gatehouse.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of SQL. Values from a client are parameters, never part of the text.
 *
 * @param text built from constants only
 * @param parameters in the order of their placeholders
 */
record SqlFragment(String text, List<Object> parameters) {

  static SqlFragment of(String text, Object... parameters) {
    return new SqlFragment(text, List.of(parameters));
  }

  SqlFragment then(SqlFragment next) {
    if (next.parameters.isEmpty()) {
      return new SqlFragment(text + next.text, parameters);
    }
    List<Object> all = new ArrayList<>(parameters);
    all.addAll(next.parameters);
    return new SqlFragment(text + next.text, List.copyOf(all));
  }

  SqlFragment then(String next, Object... more) {
    return then(of(next, more));
  }

  /** The fragment between two pieces of text. */
  SqlFragment in(String before, String after) {
    return new SqlFragment(before + text + after, parameters);
  }

  SqlFragment not() {
    return in("not (", ")");
  }

  static SqlFragment and(List<SqlFragment> pieces) {
    return pieces.isEmpty() ? of("true") : joined(pieces, "and");
  }

  static SqlFragment or(List<SqlFragment> pieces) {
    return pieces.isEmpty() ? of("false") : joined(pieces, "or");
  }

  private static SqlFragment joined(List<SqlFragment> pieces, String word) {
    return new SqlFragment(
        pieces.stream()
            .map(SqlFragment::text)
            .collect(Collectors.joining(" " + word + " ", "(", ")")),
        pieces.stream().flatMap(it -> it.parameters.stream()).toList());
  }
}
