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

  static void table(String name, String markdown) throws IOException {
    System.out.println(markdown);
    write(FOLDER, name + ".md", markdown);
    if (Boolean.getBoolean("update")) {
      String[] page =
          Files.readString(PAGE)
              .split("(?<=<!-- %1$s -->\n)|(?=<!-- end of %1$s -->)".formatted(name));
      Files.writeString(PAGE, page[0] + markdown + page[2]);
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
