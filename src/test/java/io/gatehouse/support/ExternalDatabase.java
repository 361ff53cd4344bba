package io.gatehouse.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

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
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPort(port)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void stop() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String[] settings() {
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
