package io.gatehouse.postgres;

import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds owners among connections, their tokens and subscriptions. */
final class PostgresCredentialOwners implements CredentialOwners {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCredentialOwners.class);

  private static final long WAIT_MILLIS = 100;

  private final JdbcClient jdbc;
  private final Semaphore one = new Semaphore(1);

  PostgresCredentialOwners(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Subject ofToken(BearerToken token) {
    return token.isOurs()
        ? found(
            """
            select c.tenant_id, c.id
              from connection_token t
              join connection c on c.id = t.connection_id
             where t.prefix = ? and t.revoked_at is null
            """,
            token.prefix(),
            token.prefix())
        : Subject.UNKNOWN;
  }

  @Override
  public Subject ofSubscriber(String username) {
    return found(
        """
        select s.tenant_id, null::uuid
          from subscription s
          join tenant t on t.id = s.tenant_id
         where t.slug || '.' || s.name = ?
        """,
        username,
        username);
  }

  @Override
  public Subject ofConnection(UUID connection) {
    return found("select tenant_id, id from connection where id = ?", connection, null);
  }

  /** Finds an owner, one look-up at a time, because the result is for the log only. */
  private Subject found(String sql, Object parameter, @Nullable String name) {
    try {
      if (!one.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        return Subject.UNKNOWN;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Subject.UNKNOWN;
    }
    try {
      return look(sql, parameter, name);
    } finally {
      one.release();
    }
  }

  /**
   * Finds an owner; an unknown name is not logged, because it may be a password in the wrong field.
   */
  private Subject look(String sql, Object parameter, @Nullable String name) {
    try {
      return jdbc
          .sql(sql)
          .param(parameter)
          .query(
              (row, n) ->
                  new Subject(row.getObject(1, UUID.class), row.getObject(2, UUID.class), name))
          .list()
          .stream()
          .findFirst()
          .orElse(Subject.UNKNOWN);
    } catch (DataAccessException e) {
      LOG.debug("The owner of a refused credential cannot be looked up now", e);
      return Subject.UNKNOWN;
    }
  }
}
