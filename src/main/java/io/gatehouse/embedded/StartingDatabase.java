package io.gatehouse.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database while it starts, beside the components of the gateway: most of its start is
 * waiting for PostgreSQL, and most components are made before they need it.
 */
final class StartingDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StartingDatabase.class);

  private final FutureTask<EmbeddedDatabase> start;

  private StartingDatabase(FutureTask<EmbeddedDatabase> start) {
    this.start = start;
  }

  /**
   * Begins the start, and returns at once.
   *
   * @param binaries the folder of the programs of PostgreSQL
   */
  static StartingDatabase begin(DataFolder folder, Path binaries) {
    FutureTask<EmbeddedDatabase> start =
        new FutureTask<>(() -> EmbeddedDatabase.start(folder, binaries));
    Thread thread = new Thread(start, "gatehouse-database");
    thread.setDaemon(true);
    thread.start();
    return new StartingDatabase(start);
  }

  /**
   * Waits until the database takes connections.
   *
   * @throws IOException when it cannot be started
   */
  EmbeddedDatabase await() throws IOException, InterruptedException {
    try {
      return start.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IOException("PostgreSQL cannot be started", cause);
    }
  }

  /** Stops the database, also when the gateway gave up before the database had started. */
  @Override
  public void close() {
    try {
      start.get().close();
    } catch (ExecutionException e) {
      LOG.debug("PostgreSQL was not started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
