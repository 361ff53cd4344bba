package io.gatehouse.postgres;

import io.gatehouse.audit.Refusals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Refused commands in {@code audit_entry}. */
final class PostgresRefusals implements Refusals {

  private final JdbcClient jdbc;

  PostgresRefusals(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Refusal> latest(UUID tenant, Instant since, int limit) {
    return jdbc.sql(
            """
            select e.at, e.connection_id, e.action, e.resource_id, e.status, coalesce(d.detail ->> 'refused', '') as reason
              from (select * from audit_entry
                     where tenant_id = ? and status >= 400
                     order by id desc
                     limit ?) e
              left join audit_detail d on d.audit_id = e.id
             where e.at >= ?
             order by e.id desc
            """)
        .param(tenant)
        .param(limit)
        .param(ColumnValues.time(since))
        .query(
            (row, n) ->
                new Refusal(
                    Objects.requireNonNull(ColumnValues.instant(row, "at")),
                    row.getObject("connection_id", UUID.class),
                    row.getString("action"),
                    row.getObject("resource_id", UUID.class),
                    row.getInt("status"),
                    row.getString("reason")))
        .list();
  }
}
