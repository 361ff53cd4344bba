package io.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.StartupRefusedException;
import io.gatehouse.support.Gateway;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other users of the same machine can read, plant or guess: nothing. */
class LocalUsersTest {

  private static final String SHORT = "fifteen-letters";

  @TempDir private Path temporary;

  @Test
  void aLooseDataFolderIsClosedAndOnlyItsOwnProgramsAreRun() throws Exception {
    Path data = Files.createDirectory(temporary.resolve("data"));
    Path journal = Files.createDirectories(data.resolve("broker").resolve("journal"));
    Path old = Files.writeString(journal.resolve("old"), "ada@example.com");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--rw-"));
    Path binaries = data.resolve("postgresql");
    copyProgramsOfTheBuild(binaries);

    try (Gateway gateway = Gateway.start(data, "--gatehouse.embedded.binaries=" + binaries)) {
      assertThat(gateway.call("GET", "/actuator/health/liveness", null, null).status())
          .isEqualTo(200);
      assertThat(mode(data)).isEqualTo("rwx------");
      assertThat(mode(journal)).isEqualTo("rwx------");
      assertThat(mode(old)).isEqualTo("rw-------");
      assertThat(mode(data.resolve("pg"))).isEqualTo("rwx------");
      assertThat(mode(data.resolve("pg-app-password"))).isEqualTo("rw-------");
      assertThat(mode(binaries.resolve("unpacked"))).isEqualTo("rwx------");
      assertThat(programOfTheDatabase(data)).startsWith(binaries.toRealPath().toString());
    }
  }

  /** As an earlier start left them; {@link PostgresBinariesTest} is about unpacking them. */
  private static void copyProgramsOfTheBuild(Path binaries) throws Exception {
    Path build = Path.of(System.getProperty("gatehouse.embedded.binaries", "none"));
    Path unpacked = Files.createDirectories(binaries.resolve("unpacked"));
    try (Stream<Path> ready = Files.walk(build.resolve("unpacked"), 1)) {
      for (Path each : ready.filter(it -> it.getFileName().toString().startsWith("PG-")).toList()) {
        new ProcessBuilder("cp", "-a", each.toString(), unpacked.toString()).start().waitFor();
      }
    } catch (NoSuchFileException e) {
      // no gateway has unpacked them yet; this one does
    }
  }

  private static String programOfTheDatabase(Path data) throws Exception {
    String id = Files.readAllLines(data.resolve("pg").resolve("postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(id)).orElseThrow().info().command().orElseThrow();
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aDataFolderOfAnotherUserIsRefused() throws Exception {
    Path data = Files.createDirectory(temporary.resolve("data"));
    Assumptions.assumeTrue(Files.getAttribute(data, "unix:uid").equals(0), "only root can");
    Files.setAttribute(data, "unix:uid", 4711);

    assertThatThrownBy(() -> Gateway.start(data))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("belongs to the user 4711");
  }

  @Test
  void aFileOfAnotherUserInTheDataFolderIsRefused() throws Exception {
    Path data = Files.createDirectory(temporary.resolve("data"));
    Path planted = Files.writeString(data.resolve("pg-password"), "known");
    Assumptions.assumeTrue(Files.getAttribute(planted, "unix:uid").equals(0), "only root can");
    Files.setAttribute(planted, "unix:uid", 4711);

    assertThatThrownBy(() -> Gateway.start(data))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining("pg-password belongs to the user 4711");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin-token", "secret-key", "erasure-key"})
  void aSecretThatCanBeGuessedIsRefused(String name) {
    String variable = "GATEHOUSE_" + name.toUpperCase().replace('-', '_');

    assertThatThrownBy(() -> Gateway.start(temporary, "--gatehouse." + name + "=a"))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageStartingWith(variable + " has 1 characters; a secret needs at least 16");
    assertThatThrownBy(() -> Gateway.start(temporary, "--gatehouse." + name + "=" + SHORT))
        .hasMessageContaining("has 15 characters");
    assertThatThrownBy(() -> Gateway.start(temporary, "--gatehouse." + name + "= "))
        .hasMessageContaining("has 0 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin-token", "secret-key", "erasure-key"})
  void aFileWithASecretThatCanBeGuessedIsRefused(String name) throws Exception {
    Files.writeString(temporary.resolve(name), SHORT + "\n");

    assertThatThrownBy(() -> Gateway.start(temporary, "--gatehouse.admin-token="))
        .isInstanceOf(StartupRefusedException.class)
        .hasMessageContaining(name + " has 15 characters");
    Files.writeString(temporary.resolve(name), "");
    assertThatThrownBy(() -> Gateway.start(temporary, "--gatehouse.admin-token="))
        .hasMessageContaining(name + " has 0 characters");
  }
}
