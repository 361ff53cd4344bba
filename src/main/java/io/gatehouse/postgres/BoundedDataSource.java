package io.gatehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Sets the network timeout of a connection to {@code socketTimeout} each time it is taken. The pool
 * sets other timeouts for its own checks, and connections without any timeout towards a frozen
 * server have been observed.
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

  /** The driver's setting in milliseconds; it is given in seconds, as a number or as text. */
  private int millis() {
    String seconds = String.valueOf(getDataSourceProperties().get("socketTimeout"));
    return Math.toIntExact(Duration.ofSeconds(Long.parseLong(seconds)).toMillis());
  }
}
