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
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Two PostgreSQL servers, of which the second replicates the first by streaming. */
public final class DatabasePair implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String REPLICATES =
      "select exists (select from pg_stat_replication where state = 'streaming' and sync_state = '%s')";

  private final int[] ports = {Ports.free(), Ports.free()};
  private Path primaryData;
  private Path standbyData;
  private int primaryPort = ports[0];
  private int standbyPort = ports[1];
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
    DatabasePair pair = new DatabasePair(first, second);
    pair.follow();
    pair.primary =
        ExternalDatabase.run(
            first,
            pair.primaryPort,
            synchronous ? Map.of("synchronous_standby_names", "standby") : Map.of());
    pair.standby = ExternalDatabase.run(second, pair.standbyPort, Map.of());
    pair.awaitReplication(synchronous ? "sync" : "async");
    return pair;
  }

  /** Makes a follower of the standby's folder, a copy of that of the primary. */
  private void follow() throws IOException, InterruptedException {
    Files.createFile(standbyData.resolve("standby.signal"));
    Files.writeString(
        standbyData.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost port=%d user=postgres application_name=standby'%n"
            .formatted(primaryPort),
        StandardOpenOption.APPEND);
    run("chown", "--reference=" + primaryData, standbyData.resolve("standby.signal").toString());
  }

  private void awaitReplication(String state) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> ask(primaryPort, REPLICATES.formatted(state)));
  }

  private static int command(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    int status = command(command);
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with status " + status);
    }
  }

  private static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(url("localhost:" + port, "?user=postgres"));
  }

  private boolean ask(int port, String question) throws SQLException {
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  /** SIGKILL of all processes of the primary, and then the standby takes over. */
  public void fail() throws Exception {
    ExternalDatabase.kill(primaryData);
    primary.close(); // it holds a lock on the folder
    primary = standby;
    standby = null;
    Path killed = primaryData;
    primaryData = standbyData;
    standbyData = killed;
    int port = primaryPort;
    primaryPort = standbyPort;
    standbyPort = port;
    if (!ask(primaryPort, "select pg_promote()")) {
      throw new IOException("The standby does not take over");
    }
    waitFor("");
  }

  /** The killed one returns as the standby, and commits wait for it as they did before. */
  public void returnAsStandby() throws Exception {
    FileSystemUtils.deleteRecursively(standbyData);
    try (Connection connection = connect(primaryPort);
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set wal_keep_size = '1GB'");
      statement.execute("select pg_reload_conf()");
      statement.execute("select pg_backup_start('copy', true)");
      // A file may vanish meanwhile, which the log of the primary makes good.
      command("cp", "-a", primaryData.toString(), standbyData.toString());
      Files.delete(standbyData.resolve("postmaster.pid"));
      try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop()")) {
        stopped.next();
        Files.writeString(standbyData.resolve("backup_label"), stopped.getString(1));
      }
    }
    run("chown", "--reference=" + primaryData, standbyData.resolve("backup_label").toString());
    follow();
    returnTheStandby();
    awaitReplication("async");
    waitFor("standby");
    awaitReplication("sync");
  }

  /** Names the standby that commits wait for; empty for none. */
  private void waitFor(String name) throws SQLException {
    try (Connection connection = connect(primaryPort);
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set synchronous_standby_names = '" + name + "'");
      statement.execute("select pg_reload_conf()");
    }
  }

  /** The one that takes writes, as its owner. */
  public JdbcClient client() {
    return JdbcClient.create(
        new DriverManagerDataSource(url("localhost:" + primaryPort, "?user=postgres")));
  }

  /** SIGKILL of all processes of the second. */
  public void loseTheStandby() throws IOException {
    ExternalDatabase.kill(standbyData);
    standby.close(); // it holds a lock on the folder
    standby = null;
  }

  /** It follows again. */
  public void returnTheStandby() {
    standby = ExternalDatabase.run(standbyData, standbyPort, Map.of());
  }

  public String[] settings() {
    return settings(
        url(
            "localhost:%d,localhost:%d".formatted(ports[0], ports[1]),
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
