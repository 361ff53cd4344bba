package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether the database answers on a new connection, after one was lost. */
final class DatabaseProbe {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseProbe.class);

  private final DataSource connections;

  DatabaseProbe(DataSource connections) {
    this.connections = connections;
  }

  /**
   * Whether the database answers. Idle connections of the pool may be broken too, so they are not
   * used again.
   */
  boolean answers() {
    if (connections instanceof HikariDataSource pool) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      return statement.execute("select 1");
    } catch (SQLException e) {
      LOG.debug("PostgreSQL does not answer", e);
      return false;
    }
  }
}
