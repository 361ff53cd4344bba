package io.gatehouse.idp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of quirks in {@code routes/README.md} is what the Javadoc of the quirks says. */
class QuirkListTest {

  private static final Path README = Path.of("routes/README.md");
  private static final String BEGIN = "<!-- quirks: written by QuirkListTest -->\n";
  private static final String END = "<!-- end of quirks -->";
  private static final Pattern JAVADOC =
      Pattern.compile("/\\*\\*(.*?)\\*/\\s*final class", Pattern.DOTALL);
  private static final Pattern IDS = Pattern.compile("^((?:[A-Z]+-\\d+(?:, )?)+): (.*)$");

  /** Up to the full stop that ends it; those inside of code do not. */
  private static final Pattern SENTENCE = Pattern.compile("^((?:`[^`]*`|[^`.]|\\.(?=\\S))*\\.).*$");

  @Test
  void listsEveryQuirkWithItsIdsAndItsFirstSentence() throws IOException {
    String text = Files.readString(README);
    String listed = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));

    String right = list();

    assertThat(listed)
        .withFailMessage("Put this between the two comments of %s:%n%n%s%n", README, right)
        .isEqualTo(right);
  }

  private static String list() {
    return "| Quirk | Ids | |\n|---|---|---|\n| `none` | | Takes the client at its word. |\n"
        + Quirks.names().stream()
            .filter(it -> !it.equals("none"))
            .map(QuirkListTest::row)
            .collect(Collectors.joining());
  }

  private static String row(String name) {
    Matcher ids = IDS.matcher(javadoc(name));
    assertThat(ids.matches()).as(name + ": the Javadoc begins with ids and a colon").isTrue();
    Matcher sentence = SENTENCE.matcher(ids.group(2));
    assertThat(sentence.matches()).as(name + ": a sentence follows").isTrue();
    return "| `%s` | %s | %s |%n"
        .formatted(name, ids.group(1), capitalised(sentence.group(1)).replace("|", "\\|"));
  }

  private static String javadoc(String name) {
    Matcher made = Pattern.compile("\"" + name + "\",\\s*new (\\w+)\\(").matcher(source("Quirks"));
    assertThat(made.find()).as(name + " is in the catalogue").isTrue();
    Matcher javadoc = JAVADOC.matcher(source(made.group(1)));
    assertThat(javadoc.find()).as(name + " has a Javadoc").isTrue();
    return markdown(javadoc.group(1).replaceAll("\\n\\s*\\*", " ").replaceAll("\\s+", " ").strip());
  }

  private static String source(String type) {
    try {
      return Files.readString(Path.of("src/main/java/io/gatehouse/idp", type + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }

  /** {@code {@code ...}} has braces in it that belong to JSON. */
  private static String markdown(String javadoc) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < javadoc.length(); i++) {
      char c = javadoc.charAt(i);
      if (depth == 0 && javadoc.startsWith("{@code ", i)) {
        depth = 1;
        text.append('`');
        i += "{@code ".length() - 1;
      } else if (depth > 0 && c == '}' && --depth == 0) {
        text.append('`');
      } else {
        depth += depth > 0 && c == '{' ? 1 : 0;
        text.append(c);
      }
    }
    return text.toString();
  }
}
