package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.directory.RateMinute;
import io.gatehouse.directory.Rates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Minutes in {@code rate_minute}. */
final class PostgresRates implements Rates {

  private final JdbcClient jdbc;
  private final JdbcClient reports;

  PostgresRates(JdbcClient jdbc, JdbcClient reports) {
    this.jdbc = jdbc;
    this.reports = reports;
  }

  /** Minutes of a tenant that is not known are left out. */
  @Override
  public void add(List<RateMinute> minutes) {
    jdbc.sql(
            """
            insert into rate_minute as m (tenant_id, minute, accepted, applied, refused, events, apply, event)
            select t.id, n.minute, n.accepted, n.applied, n.refused, n.events, n.apply::bigint[], n.event::bigint[]
              from unnest(:tenants::text[], :minutes::timestamptz[], :accepted::bigint[], :applied::bigint[],
                          :refused::bigint[], :events::bigint[], :apply::text[], :event::text[])
                   n (slug, minute, accepted, applied, refused, events, apply, event)
              left join tenant t on t.slug = n.slug
             where n.slug = '' or t.id is not null
             order by t.id, n.minute
            on conflict (tenant_id, minute) do update
               set accepted = m.accepted + excluded.accepted, applied = m.applied + excluded.applied,
                   refused = m.refused + excluded.refused, events = m.events + excluded.events,
                   apply = array(select coalesce(a, 0) + coalesce(b, 0)
                                   from unnest(m.apply, excluded.apply) with ordinality u (a, b, n) order by n),
                   event = array(select coalesce(a, 0) + coalesce(b, 0)
                                   from unnest(m.event, excluded.event) with ordinality u (a, b, n) order by n)
            """)
        .param("tenants", array("text", minutes, RateMinute::tenant))
        .param("minutes", array("timestamptz", minutes, it -> time(it.minute())))
        .param("accepted", array("bigint", minutes, RateMinute::accepted))
        .param("applied", array("bigint", minutes, RateMinute::applied))
        .param("refused", array("bigint", minutes, RateMinute::refused))
        .param("events", array("bigint", minutes, RateMinute::events))
        .param("apply", array("text", minutes, it -> literal(it.apply())))
        .param("event", array("text", minutes, it -> literal(it.event())))
        .update();
  }

  private static String literal(List<Long> counts) {
    return counts.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public List<RateMinute> since(String tenant, Instant from) {
    boolean gateway = tenant.equals(RateMinute.GATEWAY);
    return reports
        .sql(
            """
            select minute, accepted, applied, refused, events, apply, event
              from rate_minute
             where minute >= :from
            """
                + (gateway
                    ? " and tenant_id is null"
                    : " and tenant_id = (select id from tenant where slug = :tenant)"))
        .param("from", time(from))
        .param("tenant", tenant)
        .query((row, n) -> minute(tenant, row))
        .list();
  }

  private static RateMinute minute(String tenant, ResultSet row) throws SQLException {
    return new RateMinute(
        tenant,
        Objects.requireNonNull(ColumnValues.instant(row, "minute")),
        row.getLong("accepted"),
        row.getLong("applied"),
        row.getLong("refused"),
        row.getLong("events"),
        List.of((Long[]) row.getArray("apply").getArray()),
        List.of((Long[]) row.getArray("event").getArray()));
  }

  @Override
  public void forget() {
    RetentionDelete.delete(jdbc, "rate_minute", "minute < now() - interval '48 hours'");
  }
}
