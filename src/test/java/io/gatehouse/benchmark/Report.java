package io.gatehouse.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The tables and charts of a run, in {@code target/how-fast}; with {@code -Dupdate=true} in the
 * page of the documentation too, between the two comments that name the table.
 */
final class Report {

  private static final Path FOLDER = Path.of("target", "how-fast");
  private static final Path PAGE = Path.of("src", "docs", "how-fast.md");
  private static final Path PICTURES = Path.of("src", "docs", "pictures");

  private Report() {}

  /** The page shows these charts below the table. */
  static void table(String name, String markdown, String... charts) throws IOException {
    System.out.println(markdown);
    write(FOLDER, name + ".md", markdown);
    if (Boolean.getBoolean("update")) {
      StringBuilder shown = new StringBuilder(markdown);
      for (String chart : charts) {
        if (Files.exists(PICTURES.resolve(chart + ".svg"))) {
          shown.append("\n![%1$s](pictures/%1$s.svg)\n".formatted(chart));
        }
      }
      String begin = "<!-- " + name + " -->\n";
      String page = Files.readString(PAGE);
      int from = page.indexOf(begin) + begin.length();
      int to = page.indexOf("<!-- end of " + name + " -->");
      Files.writeString(PAGE, page.substring(0, from) + shown + page.substring(to));
    }
  }

  static void chart(String name, Chart chart) throws IOException {
    write(FOLDER, name + ".svg", chart.svg());
    if (Boolean.getBoolean("update")) {
      write(PICTURES, name + ".svg", chart.svg());
    }
  }

  private static void write(Path folder, String name, String text) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), text);
  }

  /** What it ran on. */
  static String machine() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s on %s, JDK %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
  }
}
