package io.gatehouse.postgres;

import io.gatehouse.audit.ActivityLog;
import io.gatehouse.audit.AuditTrail;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the end of {@code audit_entry}, however few of its entries are wanted. */
final class PostgresActivityLog implements ActivityLog {

  private final JdbcClient jdbc;

  PostgresActivityLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<AuditTrail.Entry> latest(Wanted wanted, long after, int count) {
    SqlFragment page =
        SqlFragment.of(PostgresAuditTrail.ENTRIES)
            .then(" e.id = any(array(select id from (")
            .then(
                "select id, connection_id, action, status from audit_entry where tenant_id = ? and id > ?",
                wanted.tenant(),
                after)
            .then(" order by id desc limit ?) end_of_log where true", REACH)
            .then(only("connection_id", wanted.connection()))
            .then(only("action", wanted.action()))
            .then(outcome(wanted.refused()))
            .then(" order by id desc limit ?)) order by e.id desc", count);
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresAuditTrail::entry).list();
  }

  private static SqlFragment only(String column, @Nullable Object value) {
    return value == null ? SqlFragment.of("") : SqlFragment.of(" and " + column + " = ?", value);
  }

  private static SqlFragment outcome(@Nullable Boolean refused) {
    return SqlFragment.of(
        refused == null ? "" : refused ? " and status >= 400" : " and status < 400");
  }
}
