package io.gatehouse.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables of a gateway without a gateway, and without anything in them. */
public final class EmptyDatabase implements AutoCloseable {

  private final EmbeddedPostgres server;

  private EmptyDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  public static EmptyDatabase start() {
    var data = Gateway.temporaryFolder().resolve("pg");
    DataTemplate.ofTables()
        .fill(
            data,
            it -> {
              try (EmptyDatabase first =
                  new EmptyDatabase(ExternalDatabase.run(it, Ports.free()))) {
                first.migrate();
              }
            });
    return new EmptyDatabase(ExternalDatabase.run(data, Ports.free()));
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(server.getPostgresDatabase())
        .initSql("set gatehouse.tenants = '*'")
        .load()
        .migrate();
  }

  /** With all rights. */
  public JdbcClient jdbc() {
    return JdbcClient.create(server.getPostgresDatabase());
  }

  /** With all rights; the caller closes it. */
  public SingleConnectionDataSource oneConnection() {
    try {
      return new SingleConnectionDataSource(server.getPostgresDatabase().getConnection(), true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
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
