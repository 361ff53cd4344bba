package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.CommandId;
import io.gatehouse.lifecycle.SteppedJobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is the same for all tables of jobs that send commands. */
abstract class JobTable<J> implements SteppedJobs<J> {

  final JdbcClient jdbc;
  private final String table;
  private final RowMapper<J> job;

  /**
   * Takes what is different.
   *
   * @param job reads a row of the table, with the {@code slug} of its tenant
   */
  JobTable(JdbcClient jdbc, String table, RowMapper<J> job) {
    this.jdbc = jdbc;
    this.table = table;
    this.job = job;
  }

  static State state(ResultSet row) throws SQLException {
    return State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
  }

  static List<UUID> pending(ResultSet row) throws SQLException {
    return List.of((UUID[]) row.getArray("pending").getArray());
  }

  @Override
  public List<UUID> running() {
    return jdbc.sql("select id from " + table + " where state = 'running' order by started_at")
        .query(UUID.class)
        .list();
  }

  @Override
  public Optional<J> lock(UUID id) {
    return jdbc.sql(
            """
            select j.*, t.slug
              from %s j
              join tenant t on t.id = j.tenant_id
             where j.id = ? and j.state = 'running'
               for no key update of j skip locked
            """
                .formatted(table))
        .param(id)
        .query(job)
        .optional();
  }

  /** The outcome of a command for a user who was erased since is empty. */
  @Override
  public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
    Map<CommandId, Integer> answered = new HashMap<>();
    jdbc.sql(
            """
            select command_id, coalesce((outcome ->> 'status')::int, 410)
              from command_outcome
             where command_id = any(?::uuid[])
            """)
        .param(array("uuid", commands, CommandId::value))
        .query(
            row -> {
              answered.put(new CommandId(row.getObject(1, UUID.class)), row.getInt(2));
            });
    return answered;
  }
}
