package io.gatehouse.postgres;

import io.gatehouse.StartupRefusedException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Row-level security between tenants, on every table with a {@code tenant_id}. A session reads and
 * writes the rows of the tenants in its setting {@code gatehouse.tenants}, a list of ids or {@code
 * *}. Without that setting it has access to no row.
 */
final class RowIsolation {

  private static final String NAMED =
      """
      (current_setting('gatehouse.tenants', true) = '*'
       or tenant_id = any (string_to_array(nullif(current_setting('gatehouse.tenants', true), '*'), ',')::uuid[]))
      """;

  private static final List<String> ON =
      List.of(
          "drop policy if exists tenant on %s",
          "create policy tenant on %s using " + NAMED + " with check " + NAMED,
          "alter table %s enable row level security, force row level security");

  private static final List<String> OFF =
      List.of(
          "drop policy if exists tenant on %s",
          "alter table %s disable row level security, no force row level security");

  private RowIsolation() {}

  /** Creates or drops the policies, where needed. */
  static void arrange(JdbcClient owner, boolean on) {
    for (String table : tablesThatAreNot(owner, on)) {
      (on ? ON : OFF).forEach(it -> owner.sql(it.replace("%s", table)).update());
    }
  }

  /**
   * Refuses the start when isolation is configured and the database does not enforce it.
   *
   * @throws StartupRefusedException naming the tables
   */
  static void require(JdbcClient gateway) {
    List<String> open = tablesThatAreNot(gateway, true);
    if (!open.isEmpty()) {
      throw new StartupRefusedException(
          "GATEHOUSE_TENANT_ISOLATION is not in force for "
              + String.join(", ", open)
              + "; a gateway with GATEHOUSE_DB_OWNER must be started first.");
    }
  }

  private static List<String> tablesThatAreNot(JdbcClient jdbc, boolean on) {
    return jdbc.sql(
            """
            select c.oid::regclass::text
              from pg_class c
             where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
               and exists (select from pg_attribute a
                            where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
               and (c.relrowsecurity and c.relforcerowsecurity) is distinct from ?
             order by 1
            """)
        .param(on)
        .query(String.class)
        .list();
  }
}
