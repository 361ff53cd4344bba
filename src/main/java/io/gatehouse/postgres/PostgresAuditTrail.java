package io.gatehouse.postgres;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads audit entries with their details and changes. */
final class PostgresAuditTrail implements AuditTrail {

  static final String ENTRIES =
      """
      select e.id, e.at, e.actor, e.action, e.connection_id, e.resource_id, e.status, e.command_id,
             coalesce(d.detail::text, '{}') as detail,
             c.event_id, c.resource_type, c.type, c.version, c.sequence, c.published_at
        from audit_entry e
        left join audit_detail d on d.audit_id = e.id
        left join change c on c.tenant_id = e.tenant_id and c.resource_id = e.resource_id and c.version = e.version
       where
      """;

  private final JdbcClient jdbc;

  PostgresAuditTrail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Entry> entries(Search search) {
    SqlFragment page =
        SqlFragment.of(ENTRIES)
            .then(
                search.tenant() == null
                    ? SqlFragment.of(" e.tenant_id is null")
                    : SqlFragment.of(" e.tenant_id = ?", search.tenant()))
            .then(only("e.resource_id", search.resource()))
            .then(only("e.connection_id", search.connection()))
            .then(only("e.action", search.action()))
            .then(
                search.before() == null
                    ? SqlFragment.of("")
                    : SqlFragment.of(" and e.id < ?", search.before()))
            .then(" order by e.id desc limit ?", search.count());
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresAuditTrail::entry).list();
  }

  private static SqlFragment only(String column, @Nullable Object wanted) {
    return wanted == null ? SqlFragment.of("") : SqlFragment.of(" and " + column + " = ?", wanted);
  }

  static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        Objects.requireNonNull(ColumnValues.instant(row, "at")),
        row.getString("actor"),
        row.getString("action"),
        row.getObject("connection_id", UUID.class),
        row.getObject("resource_id", UUID.class),
        row.getInt("status"),
        row.getObject("command_id", UUID.class),
        Json.stored(row.getString("detail")),
        row.getObject("event_id") == null ? null : announced(row));
  }

  private static Announced announced(ResultSet row) throws SQLException {
    return new Announced(
        row.getObject("event_id", UUID.class),
        row.getString("resource_type"),
        row.getString("type"),
        row.getLong("version"),
        row.getObject("sequence", Long.class),
        ColumnValues.instant(row, "published_at"));
  }
}
