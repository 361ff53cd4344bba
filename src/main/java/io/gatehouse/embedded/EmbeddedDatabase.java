package io.gatehouse.embedded;

import io.gatehouse.PrivateFolder;
import io.gatehouse.postgres.DatabaseRoles;
import io.gatehouse.postgres.DatabaseRoles.Login;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server as a child process, with its data in {@code data/pg}, its programs in {@code
 * data/postgresql}, and generated passwords for three roles: the superuser creates the other two,
 * one owns the tables, and the gateway uses the third.
 */
final class EmbeddedDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START = Duration.ofSeconds(60);

  /** Passwords have 192 random bits and need no stretching, for which each connection would pay. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "listen_addresses", "localhost",
          "unix_socket_directories", "",
          "fsync", "on",
          "synchronous_commit", "on",
          "full_page_writes", "on",
          "log_error_verbosity", "terse",
          "max_connections", "60",
          "max_locks_per_transaction", "256",
          "shared_buffers", "256MB",
          "scram_iterations", "1");

  private final EmbeddedPostgres server;
  private final Login owner;
  private final Login gateway;

  private EmbeddedDatabase(EmbeddedPostgres server, Login owner, Login gateway) {
    this.server = server;
    this.owner = owner;
    this.gateway = gateway;
  }

  /**
   * Starts it.
   *
   * @param binaries the folder of its programs, unpacked at the start
   */
  static EmbeddedDatabase start(DataFolder folder, Path binaries) throws IOException {
    Path data = folder.path().resolve(DataFolder.DATABASE);
    stopLeftBehind(data);
    Path passwordFile = folder.path().resolve("pg-password");
    String password = password(passwordFile);
    EmbeddedDatabase database =
        new EmbeddedDatabase(
            server(data, passwordFile, PostgresBinaries.in(binaries)),
            new Login("gatehouse_owner", password(folder.path().resolve("pg-owner-password"))),
            new Login("gatehouse_app", password(folder.path().resolve("pg-app-password"))));
    DatabaseRoles.make(
        database.url(), new Login("postgres", password), database.owner, database.gateway);
    return database;
  }

  /**
   * Starts the server. The library deletes old files in its working folder, which is writable by
   * all users by default.
   */
  private static EmbeddedPostgres server(Path data, Path passwordFile, PostgresBinaries binaries)
      throws IOException {
    System.setProperty("ot.epg.working-dir", binaries.workingFolder().toString());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver(binaries)
            .setOverrideWorkingDirectory(binaries.workingFolder().toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("auth", "scram-sha-256")
            .setLocaleConfig("pwfile", passwordFile.toString())
            .setLocaleConfig("set", "scram_iterations=1")
            .setConnectConfig("password", password(passwordFile));
    SETTINGS.forEach(builder::setServerConfig);
    EmbeddedPostgres server = builder.start();
    binaries.close();
    return server;
  }

  String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  /** The role that changes the schema. */
  Login owner() {
    return owner;
  }

  /** The role that reads and writes rows. */
  Login gateway() {
    return gateway;
  }

  private static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      PrivateFolder.keep(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file);
  }

  /**
   * Stops the server that a killed gateway has left running. This process holds the lock of the
   * folder, so no other gateway uses that server.
   */
  private static void stopLeftBehind(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(EmbeddedDatabase::isPostgres)
        .ifPresent(EmbeddedDatabase::stop);
    Files.deleteIfExists(pidFile);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(command -> command.contains("postgres")).orElse(false);
  }

  /**
   * Stops a server: SIGTERM waits for clients, and a killed gateway has none left. After SIGKILL,
   * crash recovery runs at the next start.
   */
  private static void stop(ProcessHandle process) {
    LOG.info("Stopping the PostgreSQL server {} that a killed gateway left behind", process.pid());
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
