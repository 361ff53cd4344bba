package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A few connections to the database for callers that would be gone before the usual limits are
 * reached: Okta and Microsoft Graph wait for three seconds.
 */
final class QuickDatabase implements AutoCloseable {

  private static final int CONNECTIONS = 4;
  private static final long CONNECT_MILLIS = 1_000;

  private final HikariDataSource pool;

  QuickDatabase(JdbcConnectionDetails details) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("quick");
    config.setJdbcUrl(details.getJdbcUrl());
    config.setUsername(details.getUsername());
    config.setPassword(details.getPassword());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setValidationTimeout(CONNECT_MILLIS / 2);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("logServerErrorDetail", false);
    config.addDataSourceProperty("connectTimeout", 1);
    config.addDataSourceProperty("socketTimeout", 1);
    config.addDataSourceProperty(
        "options", "-c lock_timeout=500ms -c statement_timeout=700ms -c gatehouse.tenants=*");
    pool = new HikariDataSource(config);
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
