package io.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody else decides which program is started as PostgreSQL. */
class PostgresBinariesTest {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));

  @TempDir private Path temporary;

  @Test
  void areUnpackedOnceForTheirOwnerOnlyAndReplacedWhenTheyWereChanged() throws Exception {
    Path folder = temporary.resolve("binaries");
    Path initdb = provide(folder);

    assertThat(Files.isExecutable(initdb)).isTrue();
    assertThat(withRightsOfOthers(initdb.getParent().getParent())).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder)).doesNotContainAnyElementsOf(OTHERS);
    Object file = Files.getAttribute(initdb, "unix:ino");
    assertThat(Files.getAttribute(provide(folder), "unix:ino")).isEqualTo(file);
    byte[] genuine = Files.readAllBytes(initdb);
    Path server = initdb.resolveSibling("postgres");
    Path added = initdb.resolveSibling("psql");
    Files.writeString(initdb, "#!/bin/sh\necho planted\n");
    Files.writeString(added, "planted");
    Files.delete(server);

    provide(folder);

    assertThat(initdb).hasBinaryContent(genuine);
    assertThat(added).doesNotExist();
    assertThat(server).exists();
  }

  @Test
  void areNotUnpackedIntoAFolderOfAnotherUser() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("theirs"));
    giveAway(folder);

    assertThatThrownBy(() -> PostgresBinaries.in(folder))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("belongs to the user");
  }

  private static void giveAway(Path path) throws IOException {
    Assumptions.assumeTrue(Files.getAttribute(path, "unix:uid").equals(0), "only root can");
    Files.setAttribute(path, "unix:uid", 4711);
  }

  private static Path provide(Path folder) throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    PostgresBinaries binaries = PostgresBinaries.in(folder);
    binaries.getPgBinary(system, machine).close();
    try (Stream<Path> unpacked = Files.list(binaries.workingFolder())) {
      return unpacked
          .filter(it -> it.getFileName().toString().startsWith("PG-"))
          .findFirst()
          .orElseThrow()
          .resolve("bin")
          .resolve("initdb");
    }
  }

  private static List<Path> withRightsOfOthers(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(PostgresBinariesTest::isOpen).toList();
    }
  }

  private static boolean isOpen(Path path) {
    try {
      return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
