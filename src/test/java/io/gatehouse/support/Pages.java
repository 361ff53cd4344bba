package io.gatehouse.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation, with the blocks and the links in them. */
public final class Pages {

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\S*)([^\\n]*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  private Pages() {}

  /** A fenced block; its mark is what follows the language. */
  public record Block(Path page, String language, String mark, String text) {

    public boolean isShell() {
      return List.of("sh", "bash", "shell", "console").contains(language);
    }
  }

  /** All pages that a reader is sent to, README first. */
  public static List<Path> all() {
    return Stream.of(
            Stream.of(Path.of("README.md")),
            in(Path.of("src/docs")),
            in(Path.of("src/main/resources/guides")),
            Stream.of(Path.of("routes/README.md"), Path.of("src/examples/README.md")))
        .flatMap(it -> it)
        .toList();
  }

  public static Stream<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Block> blocks(Path page) {
    return BLOCK
        .matcher(text(page))
        .results()
        .map(it -> new Block(page, it.group(1), it.group(2).strip(), it.group(3)))
        .toList();
  }

  /** The text of a page without its blocks and its code. */
  public static String prose(Path page) {
    return BLOCK.matcher(text(page)).replaceAll("").replaceAll("`[^`\\n]*`", "");
  }

  /** Where a page refers to; code has no links. */
  public static List<String> links(Path page) {
    return LINK.matcher(prose(page)).results().map(it -> it.group(1)).toList();
  }

  /** The names by which links refer to the headings of a page, as GitHub makes them. */
  public static List<String> anchors(Path page) {
    return HEADING
        .matcher(BLOCK.matcher(text(page)).replaceAll(""))
        .results()
        .map(Pages::anchor)
        .toList();
  }

  private static String anchor(MatchResult heading) {
    return heading
        .group(1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }
}
