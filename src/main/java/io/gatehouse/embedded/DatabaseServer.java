package io.gatehouse.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of a PostgreSQL data folder, once it has been started there. PostgreSQL
 * replaces what fails below that process; the process itself is ours to replace.
 */
final class DatabaseServer {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);
  private static final int START_SECONDS = 80;
  private static final int KILL_SECONDS = 5;

  private final Path data;
  private final Path control;
  private volatile ProcessHandle process;
  private volatile List<ProcessHandle> children = List.of();

  private DatabaseServer(Path data, Path control, ProcessHandle process) {
    this.data = data;
    this.control = control;
    this.process = process;
  }

  /**
   * The server that runs there.
   *
   * @throws IOException when none does
   */
  static DatabaseServer startedIn(Path data) throws IOException {
    ProcessHandle process =
        processIn(data).orElseThrow(() -> new IOException("No PostgreSQL runs in " + data));
    String program =
        process
            .info()
            .command()
            .orElseThrow(() -> new IOException("The program of PostgreSQL is not known"));
    return new DatabaseServer(data, Path.of(program).resolveSibling("pg_ctl"), process);
  }

  private static Optional<ProcessHandle> processIn(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
  }

  /** Whether the process lives; remembers its children, of which nothing is known afterwards. */
  boolean isRunning() {
    ProcessHandle known = process;
    if (!known.isAlive() || isZombie(known)) {
      return false;
    }
    children = known.children().toList();
    return true;
  }

  /**
   * Where the first process of a container collects no orphans, a dead one keeps its entry.
   * Elsewhere than on Linux there is no such file.
   */
  private static boolean isZombie(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  /**
   * Starts it again as it was, on the same port; PostgreSQL keeps its command line in the folder.
   * What the old one committed is there: recovery is part of the start.
   *
   * @throws IOException when it does not start
   */
  void restart() throws IOException, InterruptedException {
    endChildren();
    if (isZombie(process)) {
      Files.deleteIfExists(data.resolve("postmaster.pid"));
    }
    int status = restartCommand().start().waitFor();
    // Also after a failure: recovery may take longer than the command waits.
    processIn(data).ifPresent(it -> process = it);
    if (status != 0) {
      throw new IOException("pg_ctl ended with status " + status);
    }
  }

  /** A new server waits for those of the old one, which may be in the middle of a long query. */
  private void endChildren() throws InterruptedException {
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      try {
        child.onExit().get(KILL_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        LOG.warn("The process {} of PostgreSQL does not end", child.pid());
      }
    }
    children = List.of();
  }

  private ProcessBuilder restartCommand() {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses root
    }
    command.add(control.toString());
    command.addAll(List.of("restart", "-w", "-t", String.valueOf(START_SECONDS)));
    command.addAll(List.of("-D", data.toString()));
    // Its log names values; what became of the start is in the status.
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
