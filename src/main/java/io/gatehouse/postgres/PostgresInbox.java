package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.inbox.Inbox;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.SignalCodec;
import io.gatehouse.scim.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Signals in {@code inbox}, and the watermarks of polls in {@code idp_state}. */
final class PostgresInbox implements Inbox {

  private static final String WATERMARK = "watermark";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresInbox(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * Adds signals; a row that has not been processed yet has no attempts. Signals of a removed
   * connection are dropped, without an effect on others in the same transaction.
   */
  @Override
  public void add(UUID connection, List<Signal> signals) {
    add(connection, "webhook", signals);
  }

  private void add(UUID connection, String channel, List<Signal> signals) {
    jdbc.sql(
            """
            insert into inbox (connection_id, channel, event_id, subject, occurred_at, signal, traceparent)
            select c.id, :channel, s.event_id, s.subject, coalesce(s.occurred_at, now()), s.signal, s.traceparent
              from connection c,
                   (select n.event_id, n.subject, n.occurred_at, n.signal, n.traceparent, n.place,
                           lag(n.signal) over (partition by n.subject order by n.place) as before
                      from unnest(:events, :subjects, :times, :signals, :traces)
                           with ordinality n (event_id, subject, occurred_at, signal, traceparent, place)) s
             where c.id = :connection
               and (s.event_id is not null or s.signal is distinct from coalesce(s.before,
                    (select case when w.attempts = 0 then w.signal end
                       from inbox w
                      where w.connection_id = c.id and w.subject = s.subject and w.done_at is null
                      order by w.id desc
                      limit 1)))
             order by s.place
            on conflict (connection_id, event_id) do nothing
            """)
        .param("connection", connection)
        .param("channel", channel)
        .param("events", array("text", signals, it -> it.source().eventId()))
        .param("subjects", array("text", signals, Signal::subject))
        .param(
            "times",
            array("timestamptz", signals, it -> ColumnValues.time(it.source().occurredAt())))
        .param("signals", array("jsonb", signals, it -> Json.text(SignalCodec.encode(it))))
        .param("traces", array("text", signals, Signal::traceparent))
        .update();
  }

  @Override
  public void addPolled(UUID connection, List<Signal> signals, String watermark) {
    transactions.executeWithoutResult(
        status -> {
          add(connection, "poll", signals);
          remember(connection, watermark);
        });
  }

  private void remember(UUID connection, String watermark) {
    jdbc.sql(
            """
            insert into idp_state (connection_id, name, value) values (?, ?, ?)
            on conflict (connection_id, name) do update set value = excluded.value
            """)
        .params(connection, WATERMARK, watermark)
        .update();
  }

  @Override
  public @Nullable String watermark(UUID connection) {
    return jdbc.sql("select value from idp_state where connection_id = ? and name = ?")
        .params(connection, WATERMARK)
        .query(String.class)
        .optional()
        .orElse(null);
  }
}
