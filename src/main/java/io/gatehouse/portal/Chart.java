package io.gatehouse.portal;

import io.gatehouse.admin.api.RatesController.PointView;
import io.gatehouse.admin.api.RatesController.RatesView;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line chart, drawn on the server.
 *
 * @param id unique on the page
 * @param summary what a reader without eyes for it should know
 * @param top the value of the upper line
 * @param middle the value of the line halfway
 */
record Chart(
    String id,
    String title,
    String summary,
    String top,
    String middle,
    List<Line> lines,
    List<Tick> ticks,
    List<Row> rows) {

  private static final double LEFT = 34;
  private static final double RIGHT = 352;
  private static final double TOP = 8;
  private static final double BOTTOM = 128;
  private static final int TICKS = 4;
  private static final double DOT = 1.5;
  private static final double MINUTE = 60;

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * A line.
   *
   * @param style a class of the style sheet
   * @param parts coordinates; of several parts where there are minutes without a value between them
   */
  record Line(String name, String style, List<String> parts) {}

  /** A time below the chart. */
  record Tick(String x, String text) {}

  /** A row of the table with the same values. */
  record Row(String at, List<String> values) {}

  /** What a line shows; NaN where there is no value. */
  private record Series(String name, String style, ToDoubleFunction<PointView> value) {}

  /** The charts of the rates of the gateway or of a tenant. */
  static List<Chart> of(RatesView rates) {
    double minutes = rates.stepSeconds() / MINUTE;
    return List.of(
        of(
            rates,
            "commands",
            "Commands per minute",
            List.of(
                new Series("accepted", "dots", it -> it.accepted() / minutes),
                new Series("applied", "good", it -> it.applied() / minutes),
                new Series("refused", "bad", it -> it.refused() / minutes))),
        of(
            rates,
            "apply",
            "From accepted to applied, in ms",
            List.of(
                new Series("median", "good", it -> orGap(it.applyP50())),
                new Series("95th percentile", "warn", it -> orGap(it.applyP95())))),
        of(
            rates,
            "event",
            "From applied to event, in ms",
            List.of(
                new Series("median", "good", it -> orGap(it.eventP50())),
                new Series("95th percentile", "warn", it -> orGap(it.eventP95())))));
  }

  private static double orGap(@Nullable Long value) {
    return value == null ? Double.NaN : value;
  }

  private static Chart of(RatesView rates, String id, String title, List<Series> series) {
    List<PointView> points = rates.points();
    double most =
        series.stream()
            .flatMap(it -> points.stream().map(point -> it.value().applyAsDouble(point)))
            .mapToDouble(Double::doubleValue)
            .filter(it -> !Double.isNaN(it))
            .max()
            .orElse(0);
    double top = rounded(most);
    return new Chart(
        id,
        title,
        "%s in the last %s; the highest value is %s."
            .formatted(title, rates.period(), number(most)),
        number(top),
        number(top / 2),
        series.stream().map(it -> new Line(it.name(), it.style(), parts(points, it, top))).toList(),
        ticks(points),
        points.stream().map(it -> row(it, series)).toList());
  }

  /** The next even number of one digit and zeros, so that half of it is short too; or 1, 10, ... */
  private static double rounded(double most) {
    double scale = 1;
    while (scale * 10 < most) {
      scale *= 10;
    }
    for (int factor : new int[] {1, 2, 4, 6, 8}) {
      if (scale * factor >= most) {
        return scale * factor;
      }
    }
    return scale * 10;
  }

  private static List<String> parts(List<PointView> points, Series series, double top) {
    List<String> parts = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      double value = series.value().applyAsDouble(points.get(i));
      if (Double.isNaN(value)) {
        end(places, parts);
        continue;
      }
      String y = coordinate(BOTTOM - value / top * (BOTTOM - TOP));
      places.add(coordinate(x(i, points.size())) + "," + y);
      if (places.size() == 1) {
        places.add(coordinate(x(i, points.size()) + DOT) + "," + y); // visible though alone
      }
    }
    end(places, parts);
    return parts;
  }

  private static void end(List<String> places, List<String> parts) {
    if (!places.isEmpty()) {
      parts.add(String.join(" ", places));
      places.clear();
    }
  }

  private static double x(int place, int size) {
    return LEFT + (RIGHT - LEFT) * place / Math.max(1, size - 1);
  }

  private static List<Tick> ticks(List<PointView> points) {
    List<Tick> ticks = new ArrayList<>();
    int step = Math.max(1, points.size() / TICKS);
    for (int i = 0; i < points.size(); i += step) {
      ticks.add(new Tick(coordinate(x(i, points.size())), CLOCK.format(points.get(i).at())));
    }
    return ticks;
  }

  private static Row row(PointView point, List<Series> series) {
    return new Row(
        CLOCK.format(point.at()),
        series.stream()
            .map(it -> number(it.value().applyAsDouble(point)))
            .collect(Collectors.toList()));
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
