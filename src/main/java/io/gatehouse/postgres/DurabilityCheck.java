package io.gatehouse.postgres;

import io.gatehouse.StartupRefusedException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks that the database keeps committed transactions, which "accepted means kept" requires. */
final class DurabilityCheck {

  private DurabilityCheck() {}

  /**
   * Refuses a database that may lose committed transactions.
   *
   * @throws StartupRefusedException naming the settings that are off
   */
  static void require(JdbcClient jdbc) {
    List<String> off =
        jdbc.sql(
                """
                select name from pg_settings
                 where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting = 'off'
                 order by name
                """)
            .query(String.class)
            .list();
    if (!off.isEmpty()) {
      throw new StartupRefusedException(
          "PostgreSQL may lose committed transactions, because these settings are off: "
              + String.join(", ", off)
              + ".");
    }
  }
}
