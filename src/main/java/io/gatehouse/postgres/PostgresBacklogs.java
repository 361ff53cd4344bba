package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.instant;

import io.gatehouse.directory.Backlogs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads backlogs by their indexes; every count has a limit. */
final class PostgresBacklogs implements Backlogs {

  private final JdbcClient jdbc;

  PostgresBacklogs(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Gateway gateway(@Nullable Set<UUID> tenants) {
    return jdbc.sql(
            """
            with seen as (
                select id from tenant where :all or id = any(:tenants)
            ), linked as (
                select id from connection where tenant_id in (select id from seen)
            )
            select (select occurred_at from change where published_at is null order by id limit 1) as unannounced,
                   (select count(*)
                      from (select from linked c
                             cross join lateral (select from inbox i
                                                  where i.connection_id = c.id and i.done_at is null
                                                  limit :most) of_connection
                             limit :most) few) as signals,
                   (select min(received_at)
                      from (select connection_id, received_at from inbox
                             where done_at is null order by due_at, id limit :most) first
                     where connection_id in (select id from linked)) as oldest_signal,
                   (select count(*)
                      from (select from parked_command
                             where opened_at is null and tenant_id in (select id from seen) limit :most) few) as parked,
                   (select count(*) from brake
                     where verdict is null and connection_id in (select id from linked)) as brakes,
                   (select count(*) from subscription
                     where lagging_since is not null and tenant_id in (select id from seen)) as lagging,
                   (select count(*) from endpoint
                     where disabled_because is not null and tenant_id in (select id from seen)) as disabled
            """)
        .param("all", tenants == null)
        .param("tenants", array("uuid", tenants == null ? Set.<UUID>of() : tenants, it -> it))
        .param("most", MOST)
        .query((row, n) -> gateway(row))
        .single();
  }

  @Override
  public Whole whole() {
    return jdbc.sql(
            """
            select (select occurred_at from change where published_at is null order by id limit 1) as unannounced,
                   (select count(*) from (select from inbox where done_at is null limit :most) few) as signals,
                   (select min(received_at)
                      from (select received_at from inbox
                             where done_at is null order by due_at, id limit :most) first) as oldest_signal,
                   (select count(*)
                      from (select from parked_command where opened_at is null limit :most) few) as parked,
                   (select count(*) from brake where verdict is null) as brakes,
                   (select count(*) from subscription where lagging_since is not null) as lagging,
                   (select count(*) from endpoint where disabled_because is not null) as disabled,
                   (select count(*) from endpoint where struggling and disabled_because is null) as failing,
                   count(*) as erasures, min(purge_after) as oldest_erasure
              from (select purge_after from person
                     where purge_after <= now() and held_at is null and not active
                     order by purge_after
                     limit :most) due
            """)
        .param("most", MOST)
        .query(
            (row, n) ->
                new Whole(
                    gateway(row),
                    new Overdue(
                        row.getLong("erasures"),
                        instant(row, "oldest_erasure"),
                        row.getLong("failing"))))
        .single();
  }

  private static Gateway gateway(ResultSet row) throws SQLException {
    return new Gateway(
        instant(row, "unannounced"),
        row.getLong("signals"),
        instant(row, "oldest_signal"),
        row.getLong("parked"),
        row.getLong("brakes"),
        row.getLong("lagging"),
        row.getLong("disabled"));
  }

  @Override
  public Tenant tenant(UUID tenant) {
    return jdbc.sql(
            """
            select (select count(*)
                      from (select from person
                             where tenant_id = :tenant and purge_after <= now() + interval '7 days'
                               and held_at is null and not active
                             limit :most) few) as leaving,
                   (select count(*)
                      from (select from link_conflict
                             where tenant_id = :tenant and chosen is null limit :most) few) as conflicts,
                   (select count(*)
                      from (select from parked_command
                             where tenant_id = :tenant and opened_at is null limit :most) few) as parked,
                   exists (select from person where tenant_id = :tenant) as users,
                   exists (select from subscription where tenant_id = :tenant)
                   or exists (select from endpoint where tenant_id = :tenant) as subscribers
            """)
        .param("tenant", tenant)
        .param("most", MOST)
        .query(
            (row, n) ->
                new Tenant(
                    row.getLong("leaving"),
                    row.getLong("conflicts"),
                    row.getLong("parked"),
                    row.getBoolean("users"),
                    row.getBoolean("subscribers")))
        .single();
  }

  /** Of each connection, the latest two hundred entries. */
  @Override
  public List<Contact> contacts(UUID tenant) {
    return jdbc.sql(
            """
            select c.id, max(e.at) filter (where e.status < 300 and e.command_id is not null) as applied,
                   max(e.at) filter (where e.status >= 400 and e.command_id is not null) as refused
              from connection c
              left join lateral (select at, status, command_id from audit_entry
                                  where tenant_id = c.tenant_id and connection_id = c.id
                                  order by id desc
                                  limit 200) e on true
             where c.tenant_id = ?
             group by c.id
            """)
        .param(tenant)
        .query(
            (row, n) ->
                new Contact(
                    Objects.requireNonNull(row.getObject("id", UUID.class)),
                    instant(row, "applied"),
                    instant(row, "refused")))
        .list();
  }
}
