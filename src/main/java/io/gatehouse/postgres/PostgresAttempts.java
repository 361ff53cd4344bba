package io.gatehouse.postgres;

import static io.gatehouse.postgres.Columns.time;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Attempt;
import io.gatehouse.delivery.Attempts;
import io.gatehouse.delivery.Endpoint;
import io.gatehouse.delivery.Errand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Attempts in {@code attempt}, each written with what it means for the errand and the endpoint. */
final class PostgresAttempts implements Attempts {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AuditLog audit;

  PostgresAttempts(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
  }

  @Override
  public void delivered(Attempt attempt) {
    Errand errand = attempt.errand();
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql("update endpoint set struggling = false, last_success_at = ? where id = ?")
              .param(time(attempt.at()))
              .param(errand.endpoint().id())
              .update();
          jdbc.sql("delete from errand where endpoint_id = ? and change_id = ? and part = ?")
              .params(errand.endpoint().id(), errand.place().change(), errand.place().part())
              .update();
          add(attempt);
        });
  }

  @Override
  public void failed(Attempt attempt, Instant again) {
    transactions.executeWithoutResult(
        status -> {
          struggle(attempt);
          giveBack(attempt, again);
          add(attempt);
        });
  }

  @Override
  public void stopped(Attempt attempt, String why) {
    transactions.executeWithoutResult(
        status -> {
          struggle(attempt);
          disable(attempt.errand().endpoint(), why);
          giveBack(attempt, attempt.at());
          add(attempt);
        });
  }

  private void disable(Endpoint endpoint, String why) {
    int disabled =
        jdbc.sql(
                """
                update endpoint set disabled_because = ? where id = ? and disabled_because is null
                """)
            .params(why, endpoint.id())
            .update();
    if (disabled == 1) {
      audit.append(AuditLog.Act.scheduled(endpoint.claim().tenant(), "endpoint.disable"));
    }
  }

  private void struggle(Attempt attempt) {
    jdbc.sql(
            """
            update endpoint
               set struggling = true, last_problem_at = ?, last_problem = ?, paused_until = greatest(paused_until, ?)
             where id = ?
            """)
        .param(time(attempt.at()))
        .param(attempt.reply().problem())
        .param(time(attempt.at().plus(attempt.reply().pause(attempt.at()))))
        .param(attempt.errand().endpoint().id())
        .update();
  }

  private void giveBack(Attempt attempt, Instant due) {
    Errand errand = attempt.errand();
    jdbc.sql(
            """
            update errand
               set failures = failures + 1, due_at = ?, leased_until = null
             where endpoint_id = ? and change_id = ? and part = ?
            """)
        .param(time(due))
        .param(errand.endpoint().id())
        .params(errand.place().change(), errand.place().part())
        .update();
  }

  /** An attempt for an endpoint that was removed meanwhile is of no interest. */
  private void add(Attempt attempt) {
    Endpoint endpoint = attempt.errand().endpoint();
    jdbc.sql(
            """
            insert into attempt (endpoint_id, change_id, part, event_id, at, status, problem, millis)
            select id, ?, ?, ?, ?, ?::int, ?, ? from endpoint where id = ?
            """)
        .param(attempt.errand().place().change())
        .param(attempt.errand().place().part())
        .param(attempt.errand().place().event())
        .param(time(attempt.at()))
        .param(attempt.reply().status())
        .param(attempt.reply().problem())
        .param(attempt.took().toMillis())
        .param(endpoint.id())
        .update();
  }

  @Override
  public List<Entry> of(Endpoint endpoint, @Nullable Long before, int limit) {
    return jdbc.sql(
            """
            select id, event_id, at, status, problem, millis
              from attempt
             where endpoint_id = ? and id < ?
             order by id desc
             limit ?
            """)
        .params(endpoint.id(), before == null ? Long.MAX_VALUE : before, limit)
        .query(PostgresAttempts::entry)
        .list();
  }

  private static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getObject("event_id", UUID.class),
        Objects.requireNonNull(Columns.instant(row, "at")),
        row.getObject("status", Integer.class),
        row.getString("problem"),
        row.getLong("millis"));
  }

  @Override
  public void forget() {
    OldRows.delete(jdbc, "attempt", "at < now() - interval '30 days'");
  }
}
