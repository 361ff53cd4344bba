package io.gatehouse.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Two PostgreSQL servers, of which the second replicates the first by streaming. */
public final class DatabasePair implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REPLICATES =
      "select exists (select from pg_stat_replication where state = 'streaming' and sync_state = '%s')";

  private final Path primaryData;
  private final Path standbyData;
  private final int primaryPort = Ports.free();
  private final int standbyPort = Ports.free();
  private EmbeddedPostgres primary;
  private EmbeddedPostgres standby;

  private DatabasePair(Path primaryData, Path standbyData) {
    this.primaryData = primaryData;
    this.standbyData = standbyData;
  }

  /**
   * Starts both.
   *
   * @param synchronous whether a commit waits until the standby has it on its disk
   */
  public static DatabasePair start(Path folder, boolean synchronous) throws Exception {
    Path first = folder.resolve("primary");
    Path second = folder.resolve("standby");
    ExternalDatabase.start(first).stop();
    run("cp", "-a", first.toString(), second.toString());
    Files.createFile(second.resolve("standby.signal"));
    DatabasePair pair = new DatabasePair(first, second);
    Files.writeString(
        second.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost port=%d user=postgres application_name=standby'%n"
            .formatted(pair.primaryPort),
        StandardOpenOption.APPEND);
    run("chown", "--reference=" + first, second.resolve("standby.signal").toString());
    pair.primary =
        ExternalDatabase.run(
            first,
            pair.primaryPort,
            synchronous ? Map.of("synchronous_standby_names", "standby") : Map.of());
    pair.standby = ExternalDatabase.run(second, pair.standbyPort, Map.of());
    String replicates = REPLICATES.formatted(synchronous ? "sync" : "async");
    Awaitility.await().atMost(PATIENCE).until(() -> pair.ask(pair.primaryPort, replicates));
    return pair;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
  }

  private boolean ask(int port, String question) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url("localhost:" + port, "?user=postgres"));
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /** SIGKILL of all processes of the first, and then the second takes over. */
  public void fail() throws Exception {
    kill(primaryData);
    primary = null;
    if (!ask(standbyPort, "select pg_promote()")) {
      throw new IOException("The standby does not take over");
    }
  }

  /** SIGKILL of all processes of the second. */
  public void loseTheStandby() throws IOException {
    kill(standbyData);
    standby.close(); // it holds a lock on the folder
    standby = null;
  }

  /** It follows again. */
  public void returnTheStandby() {
    standby = ExternalDatabase.run(standbyData, standbyPort, Map.of());
  }

  private static void kill(Path data) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(it -> it.onExit().join());
  }

  public String[] settings() {
    return settings(
        url(
            "localhost:%d,localhost:%d".formatted(primaryPort, standbyPort),
            "?targetServerType=primary&connectTimeout=1&hostRecheckSeconds=1"));
  }

  /** As if the standby were the database. */
  public String[] settingsOfTheStandby() {
    return settings(url("localhost:" + standbyPort, ""));
  }

  private static String[] settings(String url) {
    return new String[] {
      "--gatehouse.db.url=" + url,
      "--gatehouse.db.user=postgres",
      "--gatehouse.db.password=postgres"
    };
  }

  private static String url(String hosts, String options) {
    return "jdbc:postgresql://" + hosts + "/postgres" + options;
  }

  @Override
  public void close() throws IOException {
    if (standby != null) {
      standby.close();
    }
    if (primary != null) {
      primary.close();
    }
  }
}
