package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Name;
import io.gatehouse.directory.Conflicts;
import io.gatehouse.directory.LinkConflicts;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Conflicts of users who were not linked, and the administrator's choices, in {@code
 * link_conflict}.
 */
final class PostgresConflicts implements LinkConflicts {

  private final JdbcClient jdbc;

  PostgresConflicts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The connections among these for which linking is off. */
  Set<UUID> unlinked(Collection<Caller> arriving) {
    return arriving.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql(
                    """
                    select id from connection
                     where id = any(?::uuid[]) and settings ->> 'linking' = 'off'
                    """)
                .param(array("uuid", arriving, Caller::requireConnection))
                .query(UUID.class)
                .list());
  }

  /** Loads the administrator's choices for the users that a batch creates. */
  Conflicts load(Collection<Caller> arriving, BatchKeys keys) {
    Map<ConnectionKey, UUID> chosen = new HashMap<>();
    if (!arriving.isEmpty()) {
      jdbc.sql(
              """
              select tenant_id, connection_id, user_name_key, chosen
                from link_conflict
               where connection_id = any(?::uuid[]) and user_name_key = any(?::text[]) and chosen is not null
              """)
          .param(array("uuid", arriving, Caller::requireConnection))
          .param(array("text", keys.people().names(), Name::key))
          .query(
              row -> {
                ConnectionKey newcomer =
                    new ConnectionKey(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getString(3));
                chosen.put(newcomer, row.getObject(4, UUID.class));
              });
    }
    return new Conflicts(chosen);
  }

  private static final String STORED =
      """
      select c.id, c.tenant_id, c.connection_id, c.user_name_key, c.sent::text as sent, c.candidates, c.reason,
             c.chosen, c.first_at, c.last_at,
             (select p.id from person p
               where p.tenant_id = c.tenant_id and p.user_name_key = c.user_name_key
                 and p.connection_id = c.connection_id and p.id <> all(c.candidates)) as newcomer
        from link_conflict c
      """;

  @Override
  public List<Open> of(UUID tenant) {
    return jdbc.sql(
            STORED
                + """
                   where tenant_id = ?
                     and case when reason = 'SAME_EXTERNAL_ID'
                         then exists (select from person p
                                       where p.tenant_id = c.tenant_id and p.id = any(c.candidates) and not p.active)
                         else not exists (select from person p
                                           where p.tenant_id = c.tenant_id and p.user_name_key = c.user_name_key
                                             and p.connection_id = c.connection_id and p.deleted_at is null
                                             and (p.active or p.id <> all(c.candidates)))
                         end
                   order by last_at desc, id
                   limit 1000
                  """)
        .param(tenant)
        .query(PostgresConflicts::open)
        .list();
  }

  @Override
  public Optional<Open> one(UUID conflict) {
    return jdbc.sql(STORED + "where c.id = ?")
        .param(conflict)
        .query(PostgresConflicts::open)
        .optional();
  }

  private static Open open(ResultSet row, int n) throws SQLException {
    String sent = row.getString("sent");
    return new Open(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getString("user_name_key"),
        sent == null ? Json.object() : Json.stored(sent),
        row.getObject("newcomer", UUID.class),
        List.of((UUID[]) row.getArray("candidates").getArray()),
        Conflicts.Reason.valueOf(row.getString("reason")).sentence(),
        row.getObject("chosen", UUID.class),
        Objects.requireNonNull(ColumnValues.instant(row, "first_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "last_at")));
  }

  @Override
  public boolean choose(UUID conflict, UUID candidate, @Nullable UUID instead) {
    return 1
        == jdbc.sql(
                """
                update link_conflict c set chosen = p.id
                  from person p
                 where c.id = ? and p.id = ? and p.tenant_id = c.tenant_id and p.id = any(c.candidates)
                   and (p.connection_id is null or p.connection_id = c.connection_id)
                   and (c.chosen is null or c.chosen = p.id or c.chosen = ?::uuid)
                """)
            .params(conflict, candidate)
            .param(instead)
            .update();
  }

  @Override
  public boolean dismiss(UUID conflict) {
    return 1 == jdbc.sql("delete from link_conflict where id = ?").param(conflict).update();
  }

  @Override
  public void forget() {
    jdbc.sql("delete from link_conflict where last_at < now() - interval '90 days'").update();
    jdbc.sql(
            """
            update link_conflict c set sent = null
              from person p
             where c.sent is not null and p.tenant_id = c.tenant_id and p.user_name_key = c.user_name_key
               and p.connection_id = c.connection_id
            """)
        .update();
  }

  void save(Conflicts conflicts) {
    conflicts.found().forEach(this::save);
    if (!conflicts.settled().isEmpty()) {
      jdbc.sql(
              """
              delete from link_conflict c
               using unnest(?::uuid[], ?::text[]) s (connection_id, user_name_key)
               where c.connection_id = s.connection_id and c.user_name_key = s.user_name_key
              """)
          .param(array("uuid", conflicts.settled(), ConnectionKey::connection))
          .param(array("text", conflicts.settled(), ConnectionKey::value))
          .update();
    }
  }

  /** Saves a conflict; the same one is reported again with each request of the IdP. */
  private void save(Conflicts.Conflict conflict) {
    jdbc.sql(
            """
            insert into link_conflict as c (id, tenant_id, connection_id, user_name_key, candidates, reason, sent)
            values (gen_random_uuid(), ?, ?, ?, ?, ?, nullif(?::jsonb, '{}'))
            on conflict (tenant_id, connection_id, user_name_key) do update
               set candidates = excluded.candidates, reason = excluded.reason, sent = excluded.sent, last_at = now(),
                   chosen = case when c.chosen = any(excluded.candidates) then c.chosen end
            """)
        .param(conflict.newcomer().tenant())
        .param(conflict.newcomer().connection())
        .param(conflict.newcomer().value())
        .param(array("uuid", conflict.candidates(), id -> id))
        .param(conflict.reason().name())
        .param(Json.text(conflict.sent()))
        .update();
  }
}
