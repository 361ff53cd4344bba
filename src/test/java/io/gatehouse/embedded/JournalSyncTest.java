package io.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time for which the journal of the broker gathers writes, by what the disk takes to sync. */
class JournalSyncTest {

  private static final int SHORTEST = 200_000;
  private static final int LONGEST = 500_000;

  @TempDir private Path folder;

  @Test
  void isMeasuredInTheFolderAndLeavesNothingBehind() throws IOException {
    Path journal = folder.resolve("broker");

    assertThat(JournalSync.nanos(journal)).isBetween(SHORTEST, LONGEST);
    try (Stream<Path> left = Files.list(journal)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"5_000, 200_000", "270_000, 270_000", "20_000_000, 500_000"})
  void isNeitherTooShortNorTooLong(String measured, String used) {
    assertThat(JournalSync.bounded(number(measured))).isEqualTo((int) number(used));
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }

  @Test
  void isTheLongestWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("broker"), "not a folder");

    assertThat(JournalSync.nanos(file)).isEqualTo(LONGEST);
  }
}
