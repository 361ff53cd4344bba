package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.CommandId;
import io.gatehouse.directory.CommandAttempts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts in {@code command_attempt}. */
final class PostgresCommandAttempts implements CommandAttempts {

  private final JdbcClient jdbc;

  PostgresCommandAttempts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<CommandId, Integer> begun(Collection<CommandId> ids) {
    Map<CommandId, Integer> begun = new HashMap<>();
    jdbc.sql("select command_id, processes from command_attempt where command_id = any(?::uuid[])")
        .param(array("uuid", ids, CommandId::value))
        .query(
            row -> {
              begun.put(new CommandId(row.getObject(1, UUID.class)), row.getInt(2));
            });
    return begun;
  }

  @Override
  public void begin(Collection<CommandId> ids) {
    jdbc.sql(
            """
            insert into command_attempt as a (command_id)
            select distinct id from unnest(?::uuid[]) n (id) order by id
            on conflict (command_id) do update set processes = a.processes + 1, at = now()
            """)
        .param(array("uuid", ids, CommandId::value))
        .update();
  }

  @Override
  public void end(Collection<CommandId> ids) {
    jdbc.sql("delete from command_attempt where command_id = any(?::uuid[])")
        .param(array("uuid", ids, CommandId::value))
        .update();
  }
}
