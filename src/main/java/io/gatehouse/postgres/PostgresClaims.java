package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.CommandId;
import io.gatehouse.command.Envelope;
import io.gatehouse.directory.OutcomeStore.Claim;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claims of commands in {@code command_outcome}. */
final class PostgresClaims {

  /** The connections that are there. From here on, the transaction is for the batch's tenants. */
  private static final String ADMISSION =
      """
             array(select c.id from connection c where c.id = any(?::uuid[]) and c.removed_at is null),
             -- see RowIsolation
             set_config('gatehouse.tenants', ?, true)
      """;

  private final JdbcClient jdbc;

  PostgresClaims(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The commands that no committed transaction has claimed. */
  Claim unclaimed(List<Envelope> batch) {
    return claim(
        batch,
        jdbc.sql(
                """
                select now(), array(select o.command_id from command_outcome o where o.command_id = any(?::uuid[])),
                """
                    + ADMISSION)
            .param(array("uuid", batch, it -> it.id().value())),
        earlier -> without(batch, earlier));
  }

  /** Claims commands at once. */
  Claim claim(List<Envelope> batch) {
    return claim(
        batch,
        jdbc.sql(
                """
                with claimed as (
                    insert into command_outcome (command_id, tenant_id, connection_id, target, fingerprint, instance)
                    select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[])
                    on conflict do nothing
                    returning command_id
                )
                select now(), array(select command_id from claimed),
                """
                    + ADMISSION)
            .param(array("uuid", batch, it -> it.id().value()))
            .param(array("uuid", batch, it -> it.caller().tenant()))
            .param(array("uuid", batch, it -> it.caller().connection()))
            .param(array("uuid", batch, it -> it.command().target()))
            .param(array("text", batch, it -> it.trace().fingerprint()))
            .param(array("text", batch, it -> it.trace().instance())),
        claimed -> claimed);
  }

  /**
   * Runs the query of a claim.
   *
   * @param fresh the commands that nobody else has claimed, of those that the query has found
   */
  private static Claim claim(
      List<Envelope> batch, JdbcClient.StatementSpec query, UnaryOperator<Set<CommandId>> fresh) {
    List<UUID> connections = connections(batch);
    return query
        .param(array("uuid", connections, it -> it))
        .param(tenants(batch))
        .query(
            (row, n) -> {
              Set<UUID> gone = new HashSet<>(connections);
              gone.removeAll(ids(row, 3));
              Set<CommandId> found = new HashSet<>();
              ids(row, 2).forEach(id -> found.add(new CommandId(id)));
              return new Claim(fresh.apply(found), gone, row.getTimestamp(1).toInstant());
            })
        .single();
  }

  private static Set<CommandId> without(List<Envelope> batch, Set<CommandId> earlier) {
    Set<CommandId> fresh = new HashSet<>();
    batch.stream().map(Envelope::id).filter(id -> !earlier.contains(id)).forEach(fresh::add);
    return fresh;
  }

  private static List<UUID> ids(ResultSet row, int column) throws SQLException {
    return List.of((UUID[]) row.getArray(column).getArray());
  }

  private static List<UUID> connections(List<Envelope> batch) {
    return batch.stream()
        .map(it -> it.caller().connection())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private static String tenants(List<Envelope> batch) {
    return batch.stream()
        .map(it -> it.caller().tenant().toString())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
