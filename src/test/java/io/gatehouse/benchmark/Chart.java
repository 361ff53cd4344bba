package io.gatehouse.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lines over one axis, as SVG. Both axes begin at zero, but for a logarithmic x-axis. */
final class Chart {

  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int TOP = 50;
  private static final int RIGHT = 250;
  private static final int BOTTOM = 50;
  private static final int MOST_MARKS = 12;
  private static final List<String> COLOURS =
      List.of(
          "#0b5fa5", "#d1495b", "#2e8b57", "#8e5ea2", "#e08e0b", "#3cbabf", "#7a7a7a", "#5c3d2e");

  private final String title;
  private final String unit;
  private final boolean logarithmic;
  private final Map<String, TreeMap<Double, Double>> lines = new LinkedHashMap<>();

  private Chart(String title, String unit, boolean logarithmic) {
    this.title = title;
    this.unit = unit;
    this.logarithmic = logarithmic;
  }

  static Chart linear(String title, String unit) {
    return new Chart(title, unit, false);
  }

  static Chart logarithmic(String title, String unit) {
    return new Chart(title, unit, true);
  }

  void add(String line, double x, double y) {
    lines.computeIfAbsent(line, it -> new TreeMap<>()).put(x, y);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    put(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='13'>",
        WIDTH,
        HEIGHT);
    put(svg, "<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
    put(svg, "<text x='%d' y='24' font-size='17'>%s</text>", LEFT, escaped(title));
    put(svg, "<text x='%d' y='42' fill='#555'>%s</text>", LEFT, escaped(unit));
    grid(svg);
    int index = 0;
    for (Map.Entry<String, TreeMap<Double, Double>> line : lines.entrySet()) {
      draw(svg, line.getKey(), line.getValue(), index++);
    }
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    double step = step();
    for (double y = 0; y <= top(); y += step) {
      put(
          svg,
          "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' stroke='#ddd'/>",
          LEFT,
          WIDTH - RIGHT,
          y(y),
          y(y));
      put(
          svg,
          "<text x='%d' y='%.1f' text-anchor='end'>%s</text>",
          LEFT - 8,
          y(y) + 4,
          number(y, step));
    }
    List<Double> marks = new ArrayList<>(xs());
    int every = (marks.size() + MOST_MARKS - 1) / MOST_MARKS;
    for (int i = 0; i < marks.size(); i += every) {
      put(
          svg,
          "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>",
          x(marks.get(i)),
          HEIGHT - BOTTOM + 20,
          number(marks.get(i), 1));
    }
  }

  private void draw(StringBuilder svg, String name, TreeMap<Double, Double> line, int index) {
    String colour = COLOURS.get(index % COLOURS.size());
    StringBuilder points = new StringBuilder();
    line.forEach((x, y) -> put(points, "%.1f,%.1f ", x(x), y(y)));
    put(
        svg,
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2'/>",
        points.toString().strip(),
        colour);
    line.forEach(
        (x, y) -> put(svg, "<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", x(x), y(y), colour));
    put(
        svg,
        "<text x='%d' y='%d' fill='%s'>%s</text>",
        WIDTH - RIGHT + 12,
        TOP + 14 + 20 * index,
        colour,
        escaped(name));
  }

  private TreeSet<Double> xs() {
    TreeSet<Double> xs = new TreeSet<>();
    lines.values().forEach(it -> xs.addAll(it.keySet()));
    return xs;
  }

  private double x(double value) {
    double from = place(xs().first());
    double to = place(xs().last());
    double share = to == from ? 0.5 : (place(value) - from) / (to - from);
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private double place(double x) {
    return logarithmic ? Math.log10(Math.max(x, 1)) : x;
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / top() * (HEIGHT - BOTTOM - TOP);
  }

  private double top() {
    return Math.ceil(most() / step()) * step();
  }

  /** 1, 2 or 5 of a power of ten, so that there are between four and ten lines. */
  private double step() {
    double power = Math.pow(10, Math.floor(Math.log10(most())));
    double shown = most() / power;
    return power * (shown < 2 ? 0.2 : shown < 5 ? 0.5 : 1);
  }

  private double most() {
    double most = 1e-9;
    for (TreeMap<Double, Double> line : lines.values()) {
      most = Math.max(most, Collections.max(line.values()));
    }
    return most;
  }

  private static String number(double value, double step) {
    return String.format(Locale.ROOT, step < 0.1 ? "%.2f" : step < 1 ? "%.1f" : "%,.0f", value);
  }

  private static void put(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
