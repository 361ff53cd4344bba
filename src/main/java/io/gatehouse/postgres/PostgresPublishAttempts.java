package io.gatehouse.postgres;

import io.gatehouse.delivery.PublishAttempts;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Attempts are numbered by {@code publish_attempt}, and {@code feed} has the number of the last one
 * that succeeded. A sequence is not rolled back, so a number is missing there after a failure.
 */
final class PostgresPublishAttempts implements PublishAttempts {

  private final JdbcClient jdbc;

  PostgresPublishAttempts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** To end what is in doubt takes longer than a transaction may usually be idle. */
  @Override
  public boolean beginInDoubt() {
    boolean inDoubt = begin();
    if (inDoubt) {
      jdbc.sql("set local idle_in_transaction_session_timeout = '1min'").update();
    }
    return inDoubt;
  }

  private boolean begin() {
    return jdbc.sql(
            """
            with this as (select nextval('publish_attempt') as number, attempt as last from feed where name = 'changes')
            update feed set attempt = this.number
              from this
             where name = 'changes'
            returning this.number > this.last + 1
            """)
        .query(Boolean.class)
        .single();
  }
}
