package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.tenant.ConnectionActivities;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last calls of connections in {@code connection_activity}. */
final class PostgresConnectionActivities implements ConnectionActivities {

  private final JdbcClient jdbc;

  PostgresConnectionActivities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the order of the ids, so that two instances cannot deadlock. */
  @Override
  public void save(Map<UUID, Activity> latest) {
    List<Map.Entry<UUID, Activity>> rows = List.copyOf(new TreeMap<>(latest).entrySet());
    jdbc.sql(
            """
            insert into connection_activity as a
                   (connection_id, last_call_at, last_call, last_success_at, last_error_at, last_error)
            select n.*
              from unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                   n (connection_id, last_call_at, last_call, last_success_at, last_error_at, last_error)
              join connection c on c.id = n.connection_id
             order by n.connection_id
            on conflict (connection_id) do update
               set last_call = case when excluded.last_call_at >= a.last_call_at then excluded.last_call else a.last_call end,
                   last_call_at = greatest(a.last_call_at, excluded.last_call_at),
                   last_success_at = greatest(a.last_success_at, excluded.last_success_at),
                   last_error = case when excluded.last_error_at >= coalesce(a.last_error_at, '-infinity')
                                     then excluded.last_error else a.last_error end,
                   last_error_at = greatest(a.last_error_at, excluded.last_error_at)
            """)
        .param(array("uuid", rows, Map.Entry::getKey))
        .param(array("timestamptz", rows, it -> time(it.getValue().lastCallAt())))
        .param(array("text", rows, it -> it.getValue().lastCall()))
        .param(array("timestamptz", rows, it -> time(it.getValue().lastSuccessAt())))
        .param(array("timestamptz", rows, it -> time(it.getValue().lastErrorAt())))
        .param(array("text", rows, it -> it.getValue().lastError()))
        .update();
  }

  @Override
  public Map<UUID, Activity> of(Collection<UUID> connections) {
    Map<UUID, Activity> found = new HashMap<>();
    jdbc.sql("select * from connection_activity where connection_id = any(?::uuid[])")
        .param(array("uuid", connections, it -> it))
        .query(
            row -> {
              found.put(
                  row.getObject("connection_id", UUID.class),
                  new Activity(
                      Objects.requireNonNull(ColumnValues.instant(row, "last_call_at")),
                      row.getString("last_call"),
                      ColumnValues.instant(row, "last_success_at"),
                      ColumnValues.instant(row, "last_error_at"),
                      row.getString("last_error")));
            });
    return found;
  }
}
