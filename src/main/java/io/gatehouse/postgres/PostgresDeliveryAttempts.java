package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.webhook.DeliveryAttempt;
import io.gatehouse.delivery.webhook.DeliveryAttempts;
import io.gatehouse.delivery.webhook.Endpoint;
import io.gatehouse.delivery.webhook.PendingDelivery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Attempts in {@code attempt}, each written together with the new state of the delivery and the
 * endpoint.
 */
final class PostgresDeliveryAttempts implements DeliveryAttempts {

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final AuditLog audit;

  PostgresDeliveryAttempts(JdbcClient jdbc, TransactionTemplate transactions, AuditLog audit) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.audit = audit;
  }

  @Override
  public void delivered(DeliveryAttempt attempt) {
    PendingDelivery delivery = attempt.delivery();
    transactions.executeWithoutResult(
        status -> {
          jdbc.sql("update endpoint set struggling = false, last_success_at = ? where id = ?")
              .param(time(attempt.at()))
              .param(delivery.endpoint().id())
              .update();
          jdbc.sql("delete from errand where endpoint_id = ? and change_id = ? and part = ?")
              .params(delivery.endpoint().id(), delivery.place().change(), delivery.place().part())
              .update();
          add(attempt);
        });
  }

  @Override
  public void failed(DeliveryAttempt attempt, Instant again) {
    transactions.executeWithoutResult(
        status -> {
          struggle(attempt);
          giveBack(attempt, again);
          add(attempt);
        });
  }

  @Override
  public void stopped(DeliveryAttempt attempt, String why) {
    transactions.executeWithoutResult(
        status -> {
          struggle(attempt);
          disable(attempt.delivery().endpoint(), why);
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

  private void struggle(DeliveryAttempt attempt) {
    jdbc.sql(
            """
            update endpoint
               set struggling = true, last_problem_at = ?, last_problem = ?, paused_until = greatest(paused_until, ?)
             where id = ?
            """)
        .param(time(attempt.at()))
        .param(attempt.response().problem())
        .param(time(attempt.at().plus(attempt.response().pause(attempt.at()))))
        .param(attempt.delivery().endpoint().id())
        .update();
  }

  private void giveBack(DeliveryAttempt attempt, Instant due) {
    PendingDelivery delivery = attempt.delivery();
    jdbc.sql(
            """
            update errand
               set failures = failures + 1, due_at = ?, leased_until = null
             where endpoint_id = ? and change_id = ? and part = ?
            """)
        .param(time(due))
        .param(delivery.endpoint().id())
        .params(delivery.place().change(), delivery.place().part())
        .update();
  }

  /** Adds an attempt; one for an endpoint that was removed meanwhile is dropped. */
  private void add(DeliveryAttempt attempt) {
    Endpoint endpoint = attempt.delivery().endpoint();
    jdbc.sql(
            """
            insert into attempt (endpoint_id, change_id, part, event_id, at, status, problem, millis)
            select id, ?, ?, ?, ?, ?::int, ?, ? from endpoint where id = ?
            """)
        .param(attempt.delivery().place().change())
        .param(attempt.delivery().place().part())
        .param(attempt.delivery().place().event())
        .param(time(attempt.at()))
        .param(attempt.response().status())
        .param(attempt.response().problem())
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
        .query(PostgresDeliveryAttempts::entry)
        .list();
  }

  private static Entry entry(ResultSet row, int n) throws SQLException {
    return new Entry(
        row.getLong("id"),
        row.getObject("event_id", UUID.class),
        Objects.requireNonNull(ColumnValues.instant(row, "at")),
        row.getObject("status", Integer.class),
        row.getString("problem"),
        row.getLong("millis"));
  }

  @Override
  public void forget() {
    RetentionDelete.delete(jdbc, "attempt", "at < now() - interval '30 days'");
  }
}
