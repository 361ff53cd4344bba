package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.directory.BatchKeys;
import io.gatehouse.lifecycle.Brake;
import io.gatehouse.lifecycle.Brake.Count;
import io.gatehouse.lifecycle.Brake.Limit;
import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brake.Verdict;
import io.gatehouse.lifecycle.Brakes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brakes in {@code brake} and {@code brake_wave}; the counted users are in {@code person}. */
final class PostgresBrakes implements Brakes {

  private final JdbcClient jdbc;

  PostgresBrakes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Users are counted only when the minimum may be exceeded, and only up to the number that shows
   * that the batch stays below the limit. So the time depends on the number of deactivations, not
   * on the number of users.
   */
  private static final String LOAD =
      """
      with leaving as (
          select connection_id, count(*) as more from unnest(?::uuid[]) as n (connection_id) group by connection_id
      ), counted as (
          select c.id, c.tenant_id, l.more,
                 coalesce(c.settings ->> 'brake', '') <> 'off' as "on",
                 coalesce((c.settings #>> '{brake,minimum}')::int, %d) as minimum,
                 coalesce((c.settings #>> '{brake,percent}')::int, %d) as percent,
                 (select count(*) from person p
                   where p.tenant_id = c.tenant_id and p.connection_id = c.id
                     and p.deactivated_at > now() - interval '1 hour') as recent
            from leaving l
            join connection c on c.id = l.connection_id
      )
      select c.id, c."on", c.minimum, c.percent, c.recent,
             case when c."on" and c.recent + c.more > c.minimum
                  then c.recent + (select count(*)
                                     from (select from person p
                                            where p.tenant_id = c.tenant_id and p.connection_id = c.id
                                              and p.active and p.deleted_at is null
                                            limit ceil((c.recent + c.more) * 100.0 / greatest(c.percent, 1))) few)
                  else 0 end as users,
             b.tripped_at, b.verdict, b.until,
             array(select w.person_id from brake_wave w
                    where w.connection_id = c.id and b.verdict = 'rejected' and w.person_id = any(?::uuid[]))
               as spared
        from counted c
        left join brake b on b.connection_id = c.id
      """
          .formatted(Limit.DEFAULT_MINIMUM, Limit.DEFAULT_PERCENT);

  /** Loads the brakes of the connections with possible deactivations in the batch. */
  Map<UUID, Brake> load(BatchKeys keys) {
    Map<UUID, Brake> brakes = new HashMap<>();
    if (!keys.leaving().isEmpty()) {
      jdbc.sql(LOAD)
          .param(array("uuid", keys.leaving(), id -> id))
          .param(array("uuid", keys.people().ids(), BatchKeys.Id::id))
          .query(
              row -> {
                brakes.put(row.getObject("id", UUID.class), brake(row));
              });
    }
    return brakes;
  }

  private static Brake brake(ResultSet row) throws SQLException {
    return new Brake(
        new Limit(row.getBoolean("on"), row.getInt("minimum"), row.getInt("percent")),
        position(row),
        new Count(row.getLong("recent"), row.getLong("users")),
        new HashSet<>(Set.of((UUID[]) row.getArray("spared").getArray())));
  }

  @Override
  public Wave of(UUID connection) {
    return jdbc.sql(
            """
            select b.*, (select count(*) from brake_wave w where w.connection_id = b.connection_id) as refused,
                   b.until <= now() as over
              from brake b
             where b.connection_id = ?
            """)
        .param(connection)
        .query(
            (row, n) ->
                row.getBoolean("over")
                    ? new Wave(Position.FREE, 0)
                    : new Wave(position(row), row.getLong("refused")))
        .optional()
        .orElse(new Wave(Position.FREE, 0));
  }

  @Override
  public List<UUID> users(UUID connection, @Nullable UUID after, int limit) {
    return jdbc.sql(
            """
            select w.person_id
              from brake_wave w
              join brake b on b.connection_id = w.connection_id
             where w.connection_id = :connection and (b.until is null or b.until > now())
               and (:after::uuid is null or w.person_id > :after::uuid)
             order by w.person_id
             limit :limit
            """)
        .param("connection", connection)
        .param("after", after)
        .param("limit", limit)
        .query(UUID.class)
        .list();
  }

  /**
   * Decides about the current wave; the rows of an earlier, decided wave are deleted. Waits for the
   * end of a batch that has read the brake, because it would overwrite the decision.
   */
  @Override
  public boolean decide(UUID connection, Verdict verdict) {
    return 1
        == jdbc.sql(
                """
                with batches as materialized (
                    select pg_advisory_xact_lock(hashtextextended('leaving/' || :connection, 0))
                ), old as (
                    delete from brake_wave w using brake b
                     where w.connection_id = b.connection_id and b.connection_id = :connection
                       and w.refused_at < b.tripped_at
                )
                update brake set verdict = :verdict, until = now() + make_interval(hours => :hours)
                  from batches
                 where connection_id = :connection and verdict is null
                """)
            .param("connection", connection)
            .param("verdict", verdict.word())
            .param("hours", Math.toIntExact(Brake.VALIDITY.toHours()))
            .update();
  }

  private static Position position(ResultSet row) throws SQLException {
    String verdict = row.getString("verdict");
    return new Position(
        ColumnValues.instant(row, "tripped_at"),
        verdict == null ? null : Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
        ColumnValues.instant(row, "until"));
  }

  /** Saves the brakes that have refused a deactivation; others are unchanged. */
  void save(Map<UUID, Brake> brakes) {
    brakes.forEach(
        (connection, brake) -> {
          if (!brake.refused().isEmpty()) {
            save(connection, brake);
          }
        });
  }

  private void save(UUID connection, Brake brake) {
    Position position = brake.position();
    @Nullable Verdict verdict = position.verdict();
    @Nullable Instant until = position.until();
    jdbc.sql(
            """
            insert into brake (connection_id, tripped_at, verdict, until) values (?, ?, ?, ?)
            on conflict (connection_id) do update
               set tripped_at = excluded.tripped_at, verdict = excluded.verdict, until = excluded.until
            """)
        .param(connection)
        .param(time(position.trippedAt()))
        .param(verdict == null ? null : verdict.word())
        .param(time(until))
        .update();
    jdbc.sql(
            """
            insert into brake_wave (connection_id, person_id)
            select ?, * from unnest(?::uuid[])
            on conflict (connection_id, person_id) do update set refused_at = now()
            """)
        .param(connection)
        .param(array("uuid", brake.refused(), id -> id))
        .update();
  }
}
