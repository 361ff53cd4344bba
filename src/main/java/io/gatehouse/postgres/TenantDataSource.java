package io.gatehouse.postgres;

import io.gatehouse.TenantScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/**
 * Connections that see the rows of the {@link TenantScope} in which they were taken. The tenant of
 * a connection is set only when it differs from the previous one.
 */
final class TenantDataSource extends BoundedDataSource {

  private final Map<PGConnection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    try {
      tell(connection, TenantScope.current());
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void tell(Connection connection, String tenant) throws SQLException {
    PGConnection physical = connection.unwrap(PGConnection.class);
    if (tenant.equals(told.get(physical))) {
      return;
    }
    told.remove(physical);
    try (PreparedStatement setting =
        connection.prepareStatement("select set_config('gatehouse.tenants', ?, false)")) {
      setting.setString(1, tenant);
      setting.execute();
    }
    told.put(physical, tenant);
  }
}
