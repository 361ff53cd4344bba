package io.gatehouse.postgres;

import io.gatehouse.command.Caller;
import io.gatehouse.lifecycle.RemovedConnections;
import io.gatehouse.scim.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removed connections in {@code connection}, with their remaining users and groups. */
final class PostgresRemovedConnections implements RemovedConnections {

  private final JdbcClient jdbc;

  PostgresRemovedConnections(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Remainder> next(int limit) {
    return jdbc.sql(
            """
            select c.tenant_id, t.slug, c.id as connection_id, c.idp, r.type, r.id
              from connection c
              join tenant t on t.id = c.tenant_id
             cross join lateral (
                  select 'GROUP' as type, id from person_group
                   where tenant_id = c.tenant_id and connection_id = c.id
                  union all
                  select 'USER', id from person
                   where tenant_id = c.tenant_id and connection_id = c.id) r
             where c.removed_at is not null
             limit ?
            """)
        .param(limit)
        .query(PostgresRemovedConnections::remainder)
        .list();
  }

  private static Remainder remainder(ResultSet row, int n) throws SQLException {
    return new Remainder(
        new Caller(
            row.getObject("tenant_id", UUID.class),
            row.getString("slug"),
            row.getObject("connection_id", UUID.class),
            row.getString("idp")),
        ResourceType.valueOf(row.getString("type")),
        row.getObject("id", UUID.class));
  }

  /**
   * Deletes removed connections without users and groups, after a minute in which a running call
   * may still create a user.
   */
  @Override
  public void forgetEmpty() {
    jdbc.sql(
            """
            delete from connection c
             where c.removed_at < now() - interval '1 minute'
               and not exists (select from person p where p.tenant_id = c.tenant_id and p.connection_id = c.id)
               and not exists (select from person_group g
                                where g.tenant_id = c.tenant_id and g.connection_id = c.id)
            """)
        .update();
  }
}
