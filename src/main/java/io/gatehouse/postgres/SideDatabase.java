package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A connection pool for one kind of caller, so that it neither exhausts the connections of others
 * nor waits for them.
 */
final class SideDatabase implements AutoCloseable {

  private static final long VALIDATION_MILLIS = 250;

  /**
   * Not among the settings with which a session begins: of a URL with several servers, the driver
   * takes the one whose sessions begin with the right to write for the primary.
   */
  private static final String READ_ONLY = "set default_transaction_read_only = on";

  private final HikariDataSource pool;

  /**
   * The limits of a kind of caller.
   *
   * @param connect how long to wait for a connection
   * @param statement how long one statement may take
   * @param reads whether nothing may be written
   * @param more settings of the session, as PostgreSQL takes them on its command line
   */
  record Limits(
      String name,
      int connections,
      Duration connect,
      Duration statement,
      boolean reads,
      String more) {

    private static final int ANSWERS = 4;

    /**
     * For callers with a timeout below the usual limits: Okta and Microsoft Graph wait for three
     * seconds. Also for the last read of an outcome.
     */
    static final Limits QUICK =
        new Limits(
            "quick",
            4,
            Duration.ofSeconds(1),
            Duration.ofMillis(700),
            false,
            " -c lock_timeout=500ms");

    /** For the health check of the database. */
    static final Limits PROBE =
        new Limits("probe", 1, Duration.ofSeconds(1), Duration.ofMillis(700), false, "");

    /** For the lists of administrators and the feed of subscribers, which are longer. */
    static final Limits REPORTS =
        new Limits("reports", 4, Duration.ofSeconds(2), Duration.ofSeconds(7), true, "");

    /**
     * For credentials: one connection for each kind, and one to find the owner of a wrong
     * credential.
     */
    static final Limits SIGN_INS =
        new Limits(
            "sign-ins",
            4,
            Duration.ofSeconds(1),
            Duration.ofMillis(700),
            false,
            " -c lock_timeout=500ms");

    /** For the heartbeats of this gateway; other gateways wait ten seconds for one. */
    static final Limits HEARTBEAT =
        new Limits("heartbeat", 1, Duration.ofSeconds(1), Duration.ofSeconds(2), false, "");

    /** For the reads after a write. */
    static Limits answers(Duration statement) {
      return reads("answers", ANSWERS, statement);
    }

    /** For SCIM reads: each statement runs in one process of the server. */
    static Limits reads(int connections, Duration statement) {
      return reads("reads", connections, statement);
    }

    private static Limits reads(String name, int connections, Duration statement) {
      return new Limits(
          name,
          connections,
          Duration.ofSeconds(2),
          statement,
          true,
          " -c max_parallel_workers_per_gather=0");
    }

    /** The socket timeout; longer than the statement timeout, so that the server cancels first. */
    private long socketSeconds() {
      return statement.toSeconds() + 1;
    }

    private String options() {
      return "-c gatehouse.tenants=* -c statement_timeout=" + statement.toMillis() + "ms" + more;
    }
  }

  SideDatabase(
      JdbcConnectionDetails details, Limits limits, boolean isolated, MeterRegistry meters) {
    HikariDataSource config = isolated ? new TenantDataSource() : new BoundedDataSource();
    config.setPoolName(limits.name());
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
    config.setJdbcUrl(details.getJdbcUrl());
    config.setUsername(details.getUsername());
    config.setPassword(details.getPassword());
    config.setMaximumPoolSize(limits.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(limits.connect().toMillis());
    config.setValidationTimeout(VALIDATION_MILLIS);
    config.setInitializationFailTimeout(-1);
    // Else the pool asks its first connection once; if that is lost meanwhile, it never has
    // another.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.addDataSourceProperty("logServerErrorDetail", false);
    config.addDataSourceProperty("connectTimeout", 1);
    config.addDataSourceProperty("socketTimeout", limits.socketSeconds());
    config.addDataSourceProperty("options", limits.options());
    if (limits.reads()) {
      config.setConnectionInitSql(READ_ONLY);
    }
    pool = config;
  }

  JdbcClient jdbc() {
    return JdbcClient.create(pool);
  }

  TransactionTemplate transactions() {
    return new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  @Override
  public void close() {
    pool.close();
  }
}
