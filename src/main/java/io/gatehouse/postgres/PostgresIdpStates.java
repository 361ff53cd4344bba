package io.gatehouse.postgres;

import io.gatehouse.inbox.IdpStates;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** States in {@code idp_state}, turns in {@code idp_turn}, by the clock of the database. */
final class PostgresIdpStates implements IdpStates {

  private final JdbcClient jdbc;

  PostgresIdpStates(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public @Nullable String value(UUID connection, String name) {
    return jdbc.sql("select value from idp_state where connection_id = ? and name = ?")
        .params(connection, name)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  @Override
  public void keep(UUID connection, String name, String value) {
    jdbc.sql(
            """
            insert into idp_state (connection_id, name, value) values (?, ?, ?)
            on conflict (connection_id, name) do update set value = excluded.value
            """)
        .params(connection, name, value)
        .update();
  }

  /** Takes a turn; a removed connection gets none. */
  @Override
  public boolean begin(UUID connection, String turn, Duration atMost) {
    return 1
        == jdbc.sql(
                """
                insert into idp_turn (connection_id, name, free_at)
                select id, :turn, now() + :millis * interval '1 millisecond'
                  from connection
                 where id = :connection
                on conflict (connection_id, name) do update set free_at = excluded.free_at
                 where idp_turn.free_at <= now()
                """)
            .param("connection", connection)
            .param("turn", turn)
            .param("millis", atMost.toMillis())
            .update();
  }

  @Override
  public void end(UUID connection, String turn, Duration pause) {
    jdbc.sql(
            """
            update idp_turn set free_at = now() + ? * interval '1 millisecond'
             where connection_id = ? and name = ?
            """)
        .params(pause.toMillis(), connection, turn)
        .update();
  }
}
