package io.gatehouse.postgres;

import static io.gatehouse.postgres.Columns.array;
import static io.gatehouse.postgres.Columns.time;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeLog;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The log of changes in {@code change}. */
final class PostgresChangeLog implements ChangeLog {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresChangeLog(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
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
  public int announce(int limit, Announcer announcer) {
    Integer announced =
        transactions.execute(status -> onlyRelay() ? announceNext(limit, announcer) : 0);
    return announced == null ? 0 : announced;
  }

  private int announceNext(int limit, Announcer announcer) {
    List<Announcement> next = stamped(limit);
    if (!next.isEmpty()) {
      announcer.announce(next);
      jdbc.sql(
              """
              update change set published_at = now()
               where published_at is null and sequence between ? and ?
              """)
          .params(next.get(0).sequence(), next.get(next.size() - 1).sequence())
          .update();
    }
    return next.size();
  }

  private boolean onlyRelay() {
    return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('gatehouse.relay', 0))")
        .query(Boolean.class)
        .single();
  }

  /** Takes the oldest rows that are not announced and gives each the next place in the feed. */
  private List<Announcement> stamped(int limit) {
    return jdbc.sql(
            """
            with next as (
                select id, row_number() over (order by id) as place
                  from (select id from change where published_at is null order by id limit ?) oldest
            ), feed_end as (
                update feed set sequence = sequence + (select count(*) from next)
                 where name = 'changes' and exists (select from next)
                returning sequence
            ), stamped as (
                update change c
                   set sequence = feed_end.sequence - (select count(*) from next) + next.place
                  from next, feed_end
                 where c.id = next.id
                returning c.*
            )
            select s.sequence, s.event_id, t.slug, s.resource_type, s.resource_id, s.version, s.occurred_at, s.type,
                   s.data::text
              from stamped s
              join tenant t on t.id = s.tenant_id
             order by s.sequence
            """)
        .param(limit)
        .query(PostgresChangeLog::announcement)
        .list();
  }

  private static Announcement announcement(ResultSet row, int n) throws SQLException {
    Subject subject =
        new Subject(
            row.getString("resource_type"),
            row.getObject("resource_id", UUID.class),
            row.getLong("version"),
            row.getTimestamp("occurred_at").toInstant());
    return new Announcement(
        row.getLong("sequence"),
        row.getObject("event_id", UUID.class),
        row.getString("slug"),
        subject,
        row.getString("type"),
        row.getString("data"));
  }
}
