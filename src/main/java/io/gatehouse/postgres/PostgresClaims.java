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
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claims of commands in {@code command_outcome}. */
final class PostgresClaims {

  /** The connections that are gone. From here on, the transaction is for the batch's tenants. */
  private static final String ADMISSION =
      """
             array(select b.id from unnest(?::uuid[]) b (id)
                    where not exists (select from connection c where c.id = b.id and c.removed_at is null)),
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
                select now(), array(select b.id from unnest(?::uuid[]) b (id)
                                     where not exists (select from command_outcome o where o.command_id = b.id)),
                """
                    + ADMISSION)
            .param(array("uuid", batch, it -> it.id().value())));
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
            .param(array("text", batch, it -> it.trace().instance())));
  }

  private static Claim claim(List<Envelope> batch, JdbcClient.StatementSpec query) {
    return query
        .param(array("uuid", connections(batch), it -> it))
        .param(tenants(batch))
        .query((row, n) -> claim(row))
        .single();
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

  private static Claim claim(ResultSet row) throws SQLException {
    Set<CommandId> fresh = new HashSet<>();
    for (UUID id : (UUID[]) row.getArray(2).getArray()) {
      fresh.add(new CommandId(id));
    }
    Set<UUID> gone = Set.of((UUID[]) row.getArray(3).getArray());
    return new Claim(fresh, gone, row.getTimestamp(1).toInstant());
  }
}
