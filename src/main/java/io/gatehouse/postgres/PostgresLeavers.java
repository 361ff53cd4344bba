package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.lifecycle.Leavers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users with a running deadline, in {@code person}. */
final class PostgresLeavers implements Leavers {

  private static final int WAVES = 12;

  private final JdbcClient jdbc;

  PostgresLeavers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Leaver> page(UUID tenant, @Nullable Position after, int count) {
    SqlFragment page =
        SqlFragment.of(
                """
                select p.id, p.user_name, p.connection_id, p.deactivated_at, p.purge_after, p.held_at,
                       coalesce(p.doc ->> 'displayName', p.doc #>> '{name,formatted}') as display_name
                  from person p
                 where p.tenant_id = ? and p.purge_after is not null
                """,
                tenant)
            .then(
                after == null
                    ? SqlFragment.of("")
                    : SqlFragment.of(
                        " and (p.purge_after, p.id) > (?, ?)",
                        after.at().atOffset(ZoneOffset.UTC),
                        after.id()))
            .then(" order by p.purge_after, p.id limit ?", count);
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresLeavers::leaver).list();
  }

  private static Leaver leaver(ResultSet row, int n) throws SQLException {
    return new Leaver(
        row.getObject("id", UUID.class),
        row.getString("user_name"),
        row.getString("display_name"),
        row.getObject("connection_id", UUID.class),
        ColumnValues.instant(row, "deactivated_at"),
        Objects.requireNonNull(ColumnValues.instant(row, "purge_after")),
        ColumnValues.instant(row, "held_at"));
  }

  /** Steps from hour to hour along the index of each connection, and over the users between. */
  @Override
  public List<Wave> waves(UUID tenant, int limit) {
    return jdbc.sql(
            """
            with recursive wave as (
                select c.id, 1 as n,
                       (select date_trunc('hour', max(p.deactivated_at), 'UTC') from person p
                         where p.tenant_id = c.tenant_id and p.connection_id = c.id
                           and p.deactivated_at is not null) as hour
                  from connection c
                 where c.tenant_id = :tenant and c.removed_at is null
                union all
                select w.id, w.n + 1,
                       (select date_trunc('hour', max(p.deactivated_at), 'UTC') from person p
                         where p.tenant_id = :tenant and p.connection_id = w.id and p.deactivated_at < w.hour)
                  from wave w
                 where w.hour is not null and w.n < :waves
            ), latest as (
                select id, hour from wave where hour is not null order by hour desc, id limit :waves
            )
            select l.id, l.hour,
                   (select count(*) from (select from person p
                                           where p.tenant_id = :tenant and p.connection_id = l.id
                                             and p.deactivated_at >= l.hour
                                             and p.deactivated_at < l.hour + interval '1 hour'
                                           limit :limit) x) as users
              from latest l
             order by l.hour desc, l.id
            """)
        .param("tenant", tenant)
        .param("waves", WAVES)
        .param("limit", limit)
        .query(
            (row, n) -> {
              Instant from = Objects.requireNonNull(ColumnValues.instant(row, "hour"));
              return new Wave(
                  row.getObject("id", UUID.class),
                  from,
                  from.plus(Duration.ofHours(1)),
                  row.getLong("users"));
            })
        .list();
  }

  @Override
  public List<Position> within(Period period, @Nullable Position after, int count) {
    Position start = after == null ? new Position(period.from(), new UUID(0, 0)) : after;
    return jdbc.sql(
            """
            select deactivated_at, id
              from person
             where tenant_id = ? and connection_id = ? and deactivated_at >= ? and deactivated_at < ?
               and (deactivated_at, id) > (?, ?)
             order by deactivated_at, id
             limit ?
            """)
        .params(period.tenant(), period.connection())
        .param(time(period.from()))
        .param(time(period.until()))
        .param(time(start.at()))
        .params(start.id(), count)
        .query(
            (row, n) ->
                new Position(
                    Objects.requireNonNull(ColumnValues.instant(row, "deactivated_at")),
                    row.getObject("id", UUID.class)))
        .list();
  }
}
