package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Connections that wait for the server as long as {@code socketTimeout} says, each time they are
 * taken: the pool sets other limits while it looks after them, and one was seen to wait for a
 * frozen server without any.
 */
class BoundedDataSource extends HikariDataSource {

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try {
      connection.setNetworkTimeout(Runnable::run, millis());
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What the driver is told in seconds, as a number or as text. */
  private int millis() {
    String seconds = String.valueOf(getDataSourceProperties().get("socketTimeout"));
    return Math.toIntExact(Duration.ofSeconds(Long.parseLong(seconds)).toMillis());
  }
}
