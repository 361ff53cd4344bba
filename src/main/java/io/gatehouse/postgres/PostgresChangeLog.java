package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of changes in {@code change}. */
final class PostgresChangeLog implements ChangeLog {

  private final JdbcClient jdbc;

  PostgresChangeLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void append(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into change (event_id, tenant_id, resource_type, resource_id, version, type, data, occurred_at)
            select event_id, tenant_id, resource_type, resource_id, version, type, data::jsonb, occurred_at
              from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::bigint[], ?::text[], ?::text[],
                          ?::timestamptz[])
                   with ordinality
                   n (event_id, tenant_id, resource_type, resource_id, version, type, data, occurred_at, position)
             order by position
            """)
        .param(array("uuid", changes, Change::eventId))
        .param(array("uuid", changes, it -> it.cause().caller().tenant()))
        .param(array("text", changes, it -> it.after().type().label()))
        .param(array("uuid", changes, it -> it.after().id()))
        .param(array("bigint", changes, it -> it.after().version()))
        .param(array("text", changes, it -> it.type().word()))
        .param(array("text", changes, it -> Json.text(it.data())))
        .param(array("timestamptz", changes, it -> time(it.after().modified())))
        .update();
  }

  @Override
  public List<Announcement> stampNext(int limit) {
    List<Row> oldest = oldest(limit);
    if (oldest.isEmpty()) {
      return List.of();
    }
    long first = placesInTheFeed(oldest.size());
    markAnnounced(oldest, first);
    ShownChanges shown = ShownChanges.of(jdbc, oldest.stream().map(Row::tenant).toList());
    List<Announcement> stamped = new ArrayList<>();
    for (Row row : oldest) {
      stamped.add(shown.of(row.tenant(), row.at(first + stamped.size())));
    }
    return stamped;
  }

  private List<Row> oldest(int limit) {
    return jdbc.sql(
            """
            select c.id, c.event_id, c.tenant_id, t.slug, c.resource_type, c.resource_id, c.version, c.occurred_at, c.type,
                   c.data::text
              from change c
              join tenant t on t.id = c.tenant_id
             where c.published_at is null
             order by c.id
             limit ?
            """)
        .param(limit)
        .query(PostgresChangeLog::row)
        .list();
  }

  /**
   * Reserves places in the feed and returns the first; the row stays locked until the transaction
   * ends.
   */
  private long placesInTheFeed(int count) {
    return jdbc.sql(
            """
            update feed set sequence = sequence + :count
             where name = 'changes'
            returning sequence - :count + 1
            """)
        .param("count", count)
        .query(Long.class)
        .single();
  }

  private void markAnnounced(List<Row> rows, long first) {
    jdbc.sql(
            """
            update change c
               set sequence = ? + n.position - 1, published_at = now()
              from unnest(?::bigint[]) with ordinality n (id, position)
             where c.id = n.id
            """)
        .param(first)
        .param(array("bigint", rows, Row::id))
        .update();
  }

  /** A change that waits for its place in the feed. */
  private record Row(
      long id, UUID eventId, UUID tenant, String slug, Subject subject, String type, String data) {
    Announcement at(long sequence) {
      return new Announcement(sequence, eventId, slug, subject, type, data);
    }
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    Subject subject =
        new Subject(
            row.getString("resource_type"),
            row.getObject("resource_id", UUID.class),
            row.getLong("version"),
            row.getTimestamp("occurred_at").toInstant());
    return new Row(
        row.getLong("id"),
        row.getObject("event_id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getString("slug"),
        subject,
        row.getString("type"),
        row.getString("data"));
  }
}
