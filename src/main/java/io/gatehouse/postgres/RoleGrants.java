package io.gatehouse.postgres;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The grants that the owner of the tables sets after every migration. */
final class RoleGrants {

  private static final Logger LOG = LoggerFactory.getLogger(RoleGrants.class);

  private RoleGrants() {}

  /**
   * Grants the gateway's role access to the owner's current schema: to read and write rows, and
   * nothing else. Gateways that start together do so one after the other.
   *
   * @param role null when it is the owner
   * @param isolation whether row-level security by tenant is on
   */
  static void give(DataSource owner, @Nullable String role, boolean isolation) {
    JdbcClient jdbc = JdbcClient.create(owner);
    new TransactionTemplate(new JdbcTransactionManager(owner))
        .executeWithoutResult(
            status -> {
              // Repeated at each start, so it waits for no standby; and a start that hangs stops no
              // other.
              jdbc.sql("set local synchronous_commit = local").update();
              jdbc.sql("set local lock_timeout = '60s'").update();
              AdvisoryLock.take(jdbc, AdvisoryLock.of("grants"));
              if (role != null) {
                give(jdbc, role);
              }
              RowIsolation.arrange(jdbc, isolation);
            });
  }

  private static void give(JdbcClient owner, String role) {
    owner
        .sql(
            """
            select format(g, current_schema(), :role)
              from unnest(array [
                'grant usage on schema %1$I to %2$I',
                'grant select, insert, update, delete on all tables in schema %1$I to %2$I',
                'grant usage on all sequences in schema %1$I to %2$I',
                'revoke insert, update, delete on %1$I.flyway_schema_history from %2$I']) g
            """)
        .param("role", role)
        .query(String.class)
        .list()
        .forEach(statement -> owner.sql(statement).update());
  }

  /** Whether the role may change the tables. */
  static boolean isOwner(JdbcClient gateway) {
    return gateway
        .sql(
            """
            select rolsuper or exists (select from pg_class
                                        where relowner = r.oid and relkind = 'r'
                                          and relnamespace = current_schema()::regnamespace)
              from pg_roles r where rolname = current_user
            """)
        .query(Boolean.class)
        .single();
  }

  /** Logs a warning when the role may do more: then only the code protects the tables. */
  static void warnOfPower(JdbcClient gateway) {
    if (isOwner(gateway)) {
      LOG.warn(
          "The database role of the gateway is a superuser or owns the tables;"
              + " GATEHOUSE_DB_OWNER and GATEHOUSE_DB_OWNER_PASSWORD name a second role for that");
    }
  }
}
