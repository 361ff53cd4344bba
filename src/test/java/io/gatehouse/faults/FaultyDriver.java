package io.gatehouse.faults;

import io.gatehouse.faults.Interception.Invocation;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** PostgreSQL's driver, with the halt points and the seeded bugs that concern SQL. */
public final class FaultyDriver implements Driver {

  private final Driver driver = new org.postgresql.Driver();

  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      return null;
    }
    SqlTransaction transaction = new SqlTransaction(connection);
    return Interception.of(Connection.class, connection, it -> call(transaction, it));
  }

  private static Object call(SqlTransaction transaction, Invocation call) throws Throwable {
    return switch (call.name()) {
      case "prepareStatement" -> prepared(transaction, call);
      case "commit" -> {
        transaction.commit(call);
        yield null;
      }
      case "rollback" -> {
        transaction.end();
        yield call.proceed();
      }
      default -> call.proceed();
    };
  }

  private static Object prepared(SqlTransaction transaction, Invocation call) throws Throwable {
    String sql = (String) call.arguments()[0];
    call.arguments()[0] = SqlBugs.rewritten(sql);
    PreparedStatement statement = (PreparedStatement) call.proceed();
    SqlStep step = SqlStep.of(sql);
    return step == SqlStep.OTHER
        ? statement
        : Interception.of(
            PreparedStatement.class,
            statement,
            it -> {
              boolean executes = it.name().startsWith("execute");
              if (executes) {
                transaction.before(step);
              }
              Object result = it.proceed();
              if (executes) {
                transaction.after(step);
              }
              return result;
            });
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
      throws SQLException {
    return driver.getPropertyInfo(url, properties);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
