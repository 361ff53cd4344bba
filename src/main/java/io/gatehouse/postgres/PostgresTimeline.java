package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.audit.AuditTrail.Entry;
import io.gatehouse.audit.Timeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the audit entries of one user or group, and the deliveries of its events. */
final class PostgresTimeline implements Timeline {

  private final JdbcClient jdbc;

  PostgresTimeline(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Entry> entries(Search search) {
    SqlFragment page =
        SqlFragment.of(PostgresAuditTrail.ENTRIES)
            .then(" e.tenant_id = ? and e.resource_id = ?", search.tenant(), search.resource())
            .then(search.failures() ? " and e.status >= 300" : "")
            .then(
                search.before() == null
                    ? SqlFragment.of("")
                    : SqlFragment.of(" and e.id < ?", search.before()))
            .then(" order by e.id desc limit ?", search.count());
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresAuditTrail::entry).list();
  }

  @Override
  public List<Delivery> deliveries(UUID tenant, UUID resource, Collection<UUID> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            with n as (select e.id, e.name, v.event_id from endpoint e, unnest(?::uuid[]) v (event_id) where e.tenant_id = ?)
            select a.event_id, n.name, a.at, a.status, a.problem, null::timestamptz as due_at
              from n
              join attempt a on a.endpoint_id = n.id and a.event_id = n.event_id
            union all
            select r.event_id, n.name, null, null, null, r.due_at
              from n
              join errand r on r.endpoint_id = n.id and r.event_id = n.event_id and r.resource_id = ?
             order by at desc nulls first, name
             limit 1000
            """)
        .param(array("uuid", events, it -> it))
        .params(tenant, resource)
        .query(PostgresTimeline::delivery)
        .list();
  }

  private static Delivery delivery(ResultSet row, int n) throws SQLException {
    return new Delivery(
        row.getObject("event_id", UUID.class),
        row.getString("name"),
        ColumnValues.instant(row, "at"),
        row.getObject("status", Integer.class),
        row.getString("problem"),
        ColumnValues.instant(row, "due_at"));
  }

  @Override
  public List<Origin> origins(UUID tenant, UUID resource) {
    return jdbc.sql(
            """
            with latest as (
                select * from audit_entry
                 where tenant_id = :tenant and resource_id = :resource and status < 300
                 order by id desc limit 1000
            ), first as (
                select * from audit_entry
                 where tenant_id = :tenant and resource_id = :resource and status < 300
                 order by id limit 1
            )
            (select distinct on (c.change ->> 'path') c.change ->> 'path' as path, e.at, e.actor, e.action, e.connection_id,
                    d.detail #>> '{source,channel}' as channel
               from latest e
               join audit_detail d on d.audit_id = e.id
              cross join lateral jsonb_array_elements(d.detail -> 'changes') c (change)
              order by c.change ->> 'path', e.id desc)
            union all
            select '', f.at, f.actor, f.action, f.connection_id, d.detail #>> '{source,channel}'
              from first f
              left join audit_detail d on d.audit_id = f.id
            """)
        .param("tenant", tenant)
        .param("resource", resource)
        .query(PostgresTimeline::origin)
        .list();
  }

  private static Origin origin(ResultSet row, int n) throws SQLException {
    return new Origin(
        row.getString("path"),
        Objects.requireNonNull(ColumnValues.instant(row, "at")),
        row.getString("actor"),
        row.getString("action"),
        row.getObject("connection_id", UUID.class),
        row.getString("channel"));
  }
}
