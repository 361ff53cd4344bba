package io.gatehouse.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that was measured, as one table: a column for each number of clients, and one for the rest.
 */
final class Figures {

  private static final int ALL = 0;

  private final List<Integer> clients;
  private final Map<String, Map<Integer, List<Double>>> rounds = new LinkedHashMap<>();
  private final Map<String, Map<Integer, String>> rows = new LinkedHashMap<>();

  Figures(List<Integer> clients) {
    this.clients = clients;
  }

  /** One round of what is done so often in a second, or costs so much. */
  void add(String what, int clients, double value) {
    rounds
        .computeIfAbsent(what, it -> new LinkedHashMap<>())
        .computeIfAbsent(clients, it -> new ArrayList<>())
        .add(value);
  }

  /** The median of the rounds. */
  double median(String what, int clients) {
    List<Double> sorted = new ArrayList<>(rounds.get(what).get(clients));
    sorted.sort(null);
    return sorted.get(sorted.size() / 2);
  }

  /** A row with the medians of one or several figures. */
  void row(String title, String format, String... figures) {
    for (int each : clients) {
      cell(title, each, format, Stream.of(figures).map(it -> median(it, each)).toArray());
    }
  }

  /** A row with what the first is of the second. */
  void ratio(String what, String of) {
    String title = what + ": × " + of;
    clients.forEach(it -> cell(title, it, "%.2f", median(what, it) / median(of, it)));
  }

  void cell(String row, int clients, String format, Object... values) {
    rows.computeIfAbsent(row, it -> new LinkedHashMap<>())
        .put(clients, String.format(Locale.ROOT, format, values));
  }

  /** A figure that is not one for each number of clients. */
  void single(String row, String format, Object... values) {
    cell(row, ALL, format, values);
  }

  String markdown() {
    StringBuilder table = new StringBuilder("| |");
    clients.forEach(it -> table.append(it == 1 ? " 1 client |" : " " + it + " clients |"));
    table.append(" |\n|---|").append("--:|".repeat(clients.size() + 1)).append('\n');
    rows.forEach(
        (row, cells) -> {
          table.append("| ").append(row).append(" |");
          clients.forEach(it -> table.append(' ').append(cells.getOrDefault(it, "")).append(" |"));
          table.append(' ').append(cells.getOrDefault(ALL, "")).append(" |\n");
        });
    return table.toString();
  }
}
