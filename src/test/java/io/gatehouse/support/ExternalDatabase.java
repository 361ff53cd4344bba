package io.gatehouse.support;

import io.gatehouse.embedded.SharedBinaries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server that the gateway knows by its address only, and that can be stopped. */
public final class ExternalDatabase implements AutoCloseable {

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private ExternalDatabase(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  public static ExternalDatabase start(Path data) {
    ExternalDatabase database = new ExternalDatabase(data, Ports.free());
    database.start();
    return database;
  }

  /** With all that was committed before. */
  public void start() {
    DataTemplate.ofServer().fill(data, it -> close(run(it, Ports.free())));
    server = run(data, port);
  }

  static EmbeddedPostgres run(Path data, int port) {
    return run(data, port, Map.of());
  }

  /** With more settings. */
  static EmbeddedPostgres run(Path data, int port, Map<String, String> more) {
    try {
      return SharedBinaries.start(
          it -> {
            more.forEach(it::setServerConfig);
            return it.setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on");
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After it has ended by itself. */
  public void startIfEnded() throws IOException {
    if (postmaster(data).isEmpty()) {
      server = run(data, port);
    }
  }

  /** SIGKILL of all its processes. */
  public void kill() throws IOException {
    kill(data);
    stop(); // it holds a lock on the folder
  }

  static void kill(Path data) throws IOException {
    ProcessHandle postmaster = postmaster(data).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }

  private static Optional<ProcessHandle> postmaster(Path data) throws IOException {
    Path pid = data.resolve("postmaster.pid");
    return Files.exists(pid)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()))
        : Optional.empty();
  }

  public void stop() {
    close(server);
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGSTOP of all its processes: it keeps its connections and answers nothing. */
  public void freeze() throws IOException {
    signal("-STOP");
  }

  public void thaw() throws IOException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException {
    ProcessHandle postmaster = postmaster(data).orElseThrow();
    List<String> command = new ArrayList<>(List.of("kill", name, String.valueOf(postmaster.pid())));
    postmaster.descendants().forEach(it -> command.add(String.valueOf(it.pid())));
    new ProcessBuilder(command).start().onExit().join();
  }

  /** Refuses all writes from now on, or takes them again. */
  public void readOnly(boolean on) throws SQLException {
    String writable = url() + "?user=postgres&options=-c%20default_transaction_read_only=off";
    try (Connection connection = DriverManager.getConnection(writable);
        Statement statement = connection.createStatement()) {
      statement.execute("alter database postgres set default_transaction_read_only = " + on);
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = 'postgres' and pid <> pg_backend_pid()");
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  public String[] settings() {
    return settings(port);
  }

  /** The settings of a gateway that reaches it through another port. */
  public static String[] settings(int port) {
    return new String[] {
      "--gatehouse.db.url=jdbc:postgresql://localhost:" + port + "/postgres",
      "--gatehouse.db.user=postgres",
      "--gatehouse.db.password=postgres"
    };
  }

  @Override
  public void close() {
    stop();
  }
}
