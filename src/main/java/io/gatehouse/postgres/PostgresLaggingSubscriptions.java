package io.gatehouse.postgres;

import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LaggingSubscriptions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lagging subscriptions, in {@code subscription.lagging_since}. */
final class PostgresLaggingSubscriptions implements LaggingSubscriptions {

  private final JdbcClient jdbc;

  PostgresLaggingSubscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<Subscription, Instant> all() {
    Map<Subscription, Instant> all = new HashMap<>();
    jdbc.sql(
            PostgresSubscriptions.SELECT
                + ", s.lagging_since"
                + PostgresSubscriptions.FROM
                + "where s.lagging_since is not null")
        .query(
            row -> {
              all.put(
                  PostgresSubscriptions.subscription(row, 0),
                  Objects.requireNonNull(ColumnValues.instant(row, "lagging_since")));
            });
    return all;
  }

  /** Emptying a queue may take longer than a transaction may idle otherwise. */
  @Override
  public Optional<State> lock(Subscription subscription) {
    jdbc.sql("set local idle_in_transaction_session_timeout = '3min'").update();
    return jdbc.sql(
            """
            select lagging_since is not null
              from subscription
             where tenant_id = ? and name = ?
               for update skip locked
            """)
        .params(subscription.tenant(), subscription.name())
        .query(Boolean.class)
        .optional()
        .map(lags -> lags ? State.LAGGING : State.LIVE);
  }

  @Override
  public void add(Subscription subscription) {
    mark("now()", subscription);
    jdbc.sql("delete from catch_up where tenant_id = ? and name = ?")
        .params(subscription.tenant(), subscription.name())
        .update();
  }

  @Override
  public void remove(Subscription subscription) {
    mark("null", subscription);
  }

  private void mark(String since, Subscription subscription) {
    jdbc.sql(
            "update subscription set lagging_since = "
                + since
                + " where tenant_id = ? and name = ?")
        .params(subscription.tenant(), subscription.name())
        .update();
  }
}
