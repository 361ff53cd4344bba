package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in few places, so that it is done in one way. */
class OnePlaceTest {

  private static final Path MAIN = Path.of("src/main/java/io/gatehouse");

  /** The two besides the class of locks take theirs in the statement that needs it. */
  @ParameterizedTest
  @CsvSource({
    "'\"Retry-After\"', http/RetryAfter.java",
    "RFC_1123_DATE_TIME, http/RetryAfter.java",
    "advisory_xact_lock, postgres/AdvisoryLock.java postgres/PostgresBrakes.java"
        + " postgres/PostgresResourceStore.java",
  })
  void isWrittenIn(String text, String places) throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      assertThat(
              files
                  .filter(it -> it.toString().endsWith(".java") && contains(it, text))
                  .map(it -> MAIN.relativize(it).toString()))
          .containsExactlyInAnyOrderElementsOf(List.of(places.split(" ")));
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.readString(file).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
