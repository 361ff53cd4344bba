package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.TraceParent;
import io.gatehouse.inbox.InboxTasks;
import io.gatehouse.inbox.Signal;
import io.gatehouse.inbox.SignalCodec;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.Connections.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tasks in {@code inbox}. */
final class PostgresInboxTasks implements InboxTasks {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresInboxTasks.class);
  private static final String UNREADABLE = "This version of the gateway cannot read the event.";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  PostgresInboxTasks(JdbcClient jdbc, TransactionTemplate transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public List<Task> take(int limit) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              AdvisoryLock.take(jdbc, AdvisoryLock.of("inbox"));
              return next(limit);
            }));
  }

  /**
   * A row is next when no earlier row of its subject is open. A deactivation or deletion may pass
   * rows whose user is only fetched, because a later fetch returns the current state. It may not
   * pass a row that is being processed, which has an attempt and no problem.
   */
  private List<Task> next(int limit) {
    List<Long> unreadable = new ArrayList<>();
    List<Optional<Task>> taken = take(limit, unreadable);
    if (!unreadable.isEmpty()) {
      LOG.warn(
          "{} events of an inbox cannot be read, and wait for a newer gateway", unreadable.size());
      jdbc.sql("update inbox set problem = ?, attempts = attempts - 1 where id = any(?::bigint[])")
          .params(UNREADABLE, array("bigint", unreadable, it -> it))
          .update();
    }
    return taken.stream().flatMap(Optional::stream).toList();
  }

  private List<Optional<Task>> take(int limit, List<Long> unreadable) {
    return jdbc.sql(
            """
            with head as (
                select i.id
                  from inbox i
                  join connection c on c.id = i.connection_id and c.removed_at is null
                 where i.done_at is null and i.due_at <= now()
                   and not exists (select from inbox e
                                    where e.done_at is null and e.connection_id = i.connection_id
                                      and e.subject = i.subject
                                      and (e.occurred_at, e.id) < (i.occurred_at, i.id)
                                      and not (%s and not %s
                                               and not jsonb_exists(e.signal, 'resource')
                                               and (e.attempts = 0 or e.problem is not null)))
                 order by i.due_at, i.id
                 limit ?
            ), taken as (
                update inbox i
                   set due_at = now() + interval '1 minute', attempts = attempts + 1, problem = null
                  from head
                 where i.id = head.id
                returning i.*
            )
            select i.id as row, i.channel, i.signal::text as signal, i.traceparent, i.attempts,
                   c.id, c.tenant_id, t.slug, c.name, c.idp, c.settings::text
              from taken i
              join connection c on c.id = i.connection_id
              join tenant t on t.id = c.tenant_id
             order by i.id
            """
                .formatted(leaves("i"), leaves("e")))
        .param(limit)
        .query((row, n) -> task(row, unreadable))
        .list();
  }

  private static String leaves(String row) {
    return row + ".signal ->> 'kind' in ('USER_DEACTIVATED', 'USER_DELETED', 'USER_UNASSIGNED')";
  }

  /** A kind of a newer version stops no other events; it is looked at again when its lease ends. */
  private static Optional<Task> task(ResultSet row, List<Long> unreadable) throws SQLException {
    Signal signal;
    try {
      signal =
          SignalCodec.decode(Json.stored(row.getString("signal")))
              .traced(TraceParent.valid(row.getString("traceparent")));
    } catch (IllegalArgumentException e) {
      unreadable.add(row.getLong("row"));
      return Optional.empty();
    }
    return Optional.of(task(row, signal));
  }

  private static Task task(ResultSet row, Signal signal) throws SQLException {
    return new Task(
        row.getLong("row"),
        new Connection(
            row.getObject("id", UUID.class),
            row.getObject("tenant_id", UUID.class),
            row.getString("slug"),
            row.getString("name"),
            row.getString("idp"),
            Json.stored(row.getString("settings"))),
        row.getString("channel"),
        signal,
        row.getInt("attempts"));
  }

  /** Marks a task as done; the event id is kept and the personal data is deleted. */
  @Override
  public void done(Task task, String remark) {
    jdbc.sql(
            """
            update inbox set done_at = now(), signal = null, subject = '', problem = nullif(?, '') where id = ?
            """)
        .params(remark, task.id())
        .update();
  }

  /**
   * Delays a task, and later rows of its subject with it, so that queries need not skip them.
   * Deactivations and deletions are not delayed.
   */
  @Override
  public void later(Task task, String problem, Duration wait) {
    jdbc.sql(
            """
            update inbox i
               set due_at = now() + make_interval(secs => :seconds),
                   problem = case when id = :id then :problem else problem end
             where done_at is null and connection_id = :connection and subject = :subject
               and (id = :id or (due_at <= now() and not %s))
            """
                .formatted(leaves("i")))
        .param("seconds", wait.toMillis() / 1000.0)
        .param("id", task.id())
        .param("problem", problem)
        .param("connection", task.connection().id())
        .param("subject", task.signal().subject())
        .update();
  }

  @Override
  public Standing standing(UUID connection) {
    return jdbc.sql(
            """
            select count(*) as waiting,
                   coalesce((array_agg(problem order by occurred_at, id) filter (where problem is not null))[1], '')
                     as problem
              from inbox
             where connection_id = ? and done_at is null
            """)
        .param(connection)
        .query((row, n) -> new Standing(row.getLong("waiting"), row.getString("problem")))
        .single();
  }

  @Override
  public void forget() {
    RetentionDelete.delete(jdbc, "inbox", "done_at < now() - interval '30 days'");
  }
}
