package io.gatehouse.postgres;

import io.gatehouse.tenant.IdpSubscriptionIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions that were created at Microsoft Graph, in {@code idp_state}. */
final class PostgresIdpSubscriptionIds implements IdpSubscriptionIds {

  private final JdbcClient jdbc;

  PostgresIdpSubscriptionIds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<UUID, Set<String>> all() {
    Map<UUID, Set<String>> all = new HashMap<>();
    jdbc.sql(
            """
            select s.connection_id, made ->> 'id' as id
              from idp_state s
              left join jsonb_array_elements(s.value::jsonb) made on true
             where s.name = 'graph.subscriptions'
            """)
        .query((RowCallbackHandler) row -> add(all, row));
    return all;
  }

  /**
   * Adds a row; a connection that may create subscriptions and has none has a row without an id.
   */
  private static void add(Map<UUID, Set<String>> all, ResultSet row) throws SQLException {
    Set<String> ids =
        all.computeIfAbsent(row.getObject("connection_id", UUID.class), it -> new TreeSet<>());
    String id = row.getString("id");
    if (id != null) {
      ids.add(id);
    }
  }
}
