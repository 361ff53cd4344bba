package io.gatehouse.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The programs of PostgreSQL that are unpacked once for all gateways and servers of a build. */
public final class SharedBinaries {

  private SharedBinaries() {}

  /** Starts a server of its own with these programs. */
  public static EmbeddedPostgres start(UnaryOperator<EmbeddedPostgres.Builder> settings)
      throws IOException {
    PostgresBinaries binaries =
        PostgresBinaries.in(
            Path.of(System.getProperty("gatehouse.embedded.binaries", "target/postgresql")));
    EmbeddedPostgres server =
        settings
            .apply(
                EmbeddedPostgres.builder()
                    .setPgBinaryResolver(binaries)
                    .setOverrideWorkingDirectory(binaries.workingFolder().toFile()))
            .start();
    binaries.close();
    return server;
  }
}
