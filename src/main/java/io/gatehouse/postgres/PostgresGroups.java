package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import io.gatehouse.directory.BatchGroups;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.Group;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Groups in {@code person_group}. */
final class PostgresGroups {

  private final JdbcClient jdbc;
  private final PostgresMemberships memberships;

  PostgresGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.memberships = new PostgresMemberships(jdbc);
  }

  /** Loads and locks the groups that a batch names, with the memberships that it may change. */
  BatchGroups load(BatchKeys.Groups selection) {
    if (selection.isEmpty()) {
      return BatchGroups.empty();
    }
    return new BatchGroups(
        stored(selection), memberships.load(selection), memberships.candidates(selection));
  }

  private List<Group> stored(BatchKeys.Groups selection) {
    return jdbc.sql(
            """
            with named as (
                select g.tenant_id, g.id
                  from unnest(?::uuid[], ?::uuid[]) k (tenant_id, id)
                  join person_group g using (tenant_id, id)
                union
                select g.tenant_id, g.id
                  from unnest(?::uuid[], ?::uuid[], ?::text[]) k (tenant_id, connection_id, display_name_key)
                  join person_group g using (tenant_id, connection_id, display_name_key)
            )
            select g.tenant_id, g.id, g.connection_id, g.version, g.created_at, g.modified_at, g.doc::text
              from named
              join person_group g using (tenant_id, id)
             order by g.id
               for no key update of g
            """)
        .param(array("uuid", selection.ids(), Id::tenant))
        .param(array("uuid", selection.ids(), Id::id))
        .param(array("uuid", selection.names(), ConnectionKey::tenant))
        .param(array("uuid", selection.names(), ConnectionKey::connection))
        .param(array("text", selection.names(), ConnectionKey::value))
        .query(PostgresGroups::group)
        .list();
  }

  /** Saves the changed groups; the memberships of a deleted group are deleted with it. */
  void save(BatchGroups roster) {
    delete(roster.removed());
    upsert(roster.changed());
    memberships.delete(roster.left());
    memberships.insert(roster.joined());
  }

  private void delete(Collection<Group> groups) {
    if (!groups.isEmpty()) {
      jdbc.sql(
              """
              delete from person_group g
               using unnest(?::uuid[], ?::uuid[]) n (tenant_id, id)
               where g.tenant_id = n.tenant_id and g.id = n.id
              """)
          .param(array("uuid", groups, Group::tenant))
          .param(array("uuid", groups, Group::id))
          .update();
    }
  }

  private void upsert(Collection<Group> groups) {
    if (groups.isEmpty()) {
      return;
    }
    List<Group> rows = groups.stream().sorted(Comparator.comparing(Group::id)).toList();
    jdbc.sql(
            """
            insert into person_group as g (tenant_id, id, connection_id, display_name, display_name_key,
                                           external_id, doc, search, version, created_at, modified_at)
            select tenant_id, id, connection_id, display_name, display_name_key, external_id,
                   doc::jsonb, search::jsonb, version, created_at, modified_at
              from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::bigint[], ?::timestamptz[], ?::timestamptz[])
                   n (tenant_id, id, connection_id, display_name, display_name_key, external_id,
                      doc, search, version, created_at, modified_at)
            on conflict (tenant_id, id) do update
               set display_name = excluded.display_name, display_name_key = excluded.display_name_key,
                   external_id = excluded.external_id, doc = excluded.doc, search = excluded.search,
                   version = excluded.version, modified_at = excluded.modified_at
            """)
        .param(array("uuid", rows, Group::tenant))
        .param(array("uuid", rows, Group::id))
        .param(array("uuid", rows, Group::connection))
        .param(array("text", rows, Group::displayName))
        .param(array("text", rows, Group::displayNameKey))
        .param(array("text", rows, Group::externalId))
        .param(array("text", rows, it -> Json.text(it.document())))
        .param(array("text", rows, it -> Json.text(Folded.of(it.document()))))
        .param(array("bigint", rows, Group::version))
        .param(array("timestamptz", rows, it -> time(it.created())))
        .param(array("timestamptz", rows, it -> time(it.modified())))
        .update();
  }

  /** The query whose rows {@link #group} reads. */
  static final String STORED =
      """
      select g.tenant_id, g.id, g.connection_id, g.version, g.created_at, g.modified_at, g.doc::text
        from person_group g
      """;

  static Group group(ResultSet row, int n) throws SQLException {
    return new Group(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getLong("version"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "modified_at")),
        Json.stored(row.getString("doc")));
  }
}
