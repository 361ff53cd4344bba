package io.gatehouse.postgres;

import static io.gatehouse.postgres.Columns.array;

import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.Subscriptions;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions in {@code subscription}. */
final class PostgresSubscriptions implements Subscriptions {

  private final JdbcClient jdbc;

  PostgresSubscriptions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean add(Subscription subscription) {
    return 1
        == jdbc.sql(
                """
                insert into subscription (tenant_id, name, profile, types) values (?, ?, ?, ?)
                on conflict do nothing
                """)
            .params(subscription.tenant(), subscription.name(), subscription.profile().label())
            .param(array("text", subscription.types(), type -> type))
            .update();
  }

  @Override
  public void remove(Subscription subscription) {
    jdbc.sql("delete from subscription where tenant_id = ? and name = ?")
        .params(subscription.tenant(), subscription.name())
        .update();
  }
}
