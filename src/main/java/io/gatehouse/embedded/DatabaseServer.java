package io.gatehouse.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server process of a PostgreSQL data folder. PostgreSQL restarts its own child
 * processes; the gateway restarts this process.
 */
final class DatabaseServer {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseServer.class);
  private static final int START_SECONDS = 80;
  private static final int KILL_SECONDS = 5;

  private final Path data;
  private final Path control;
  private volatile ProcessHandle process;
  private volatile List<ProcessHandle> children = List.of();
  private volatile String childrenListed = "";

  private DatabaseServer(Path data, Path control, ProcessHandle process) {
    this.data = data;
    this.control = control;
    this.process = process;
  }

  /**
   * The server that runs on the folder.
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

  /** Whether the process is alive; records its children, which cannot be found after its end. */
  boolean isRunning() {
    ProcessHandle known = process;
    if (!known.isAlive() || isZombie(known)) {
      return false;
    }
    recordChildren(known);
    return true;
  }

  /**
   * Records the children of the server. Linux lists them in a file; elsewhere all processes are
   * searched.
   */
  private void recordChildren(ProcessHandle parent) {
    String pid = String.valueOf(parent.pid());
    try {
      String listed = Files.readString(Path.of("/proc", pid, "task", pid, "children"));
      if (!listed.equals(childrenListed)) {
        children =
            listed
                .lines()
                .flatMap(it -> Arrays.stream(it.split(" ")))
                .flatMap(it -> ProcessHandle.of(Long.parseLong(it)).stream())
                .toList();
        childrenListed = listed;
      }
    } catch (IOException e) {
      children = parent.children().toList();
    }
  }

  /**
   * Whether a process is a zombie: where the first process of a container reaps no orphans, a dead
   * one keeps its entry. Only Linux has this file.
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
   * Restarts the server on the same port, with the command line that PostgreSQL keeps in the
   * folder. Committed data is kept: recovery is part of the start.
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

  /**
   * Ends the children of the old server: a new server waits for them, and they may run a long
   * query.
   */
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
    childrenListed = "";
  }

  private ProcessBuilder restartCommand() {
    List<String> command = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
    }
    command.add(control.toString());
    command.addAll(List.of("restart", "-w", "-t", String.valueOf(START_SECONDS)));
    command.addAll(List.of("-D", data.toString()));
    // Its log may contain values; the exit status has the result of the start.
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }
}
