package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;
import static io.gatehouse.postgres.ColumnValues.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Outcome.GroupName;
import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.Name;
import io.gatehouse.directory.BatchPeople;
import io.gatehouse.directory.LifecycleState;
import io.gatehouse.directory.Person;
import io.gatehouse.directory.Provenance;
import io.gatehouse.scim.Folded;
import io.gatehouse.scim.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People in {@code person}. */
final class PostgresPeople {

  private final JdbcClient jdbc;

  PostgresPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The columns of a person {@code p} that {@link #person} reads. */
  static final String COLUMNS =
      "p.tenant_id, p.id, p.connection_id, p.version, p.created_at, p.modified_at,"
          + " p.deactivated_at, p.purge_after, p.deleted_at, p.enrolled_at, p.held_at, p.idp_id,"
          + " p.source_time, p.doc::text as doc";

  /**
   * The present users with a name of an import. The table statistics are older than the rows of the
   * import, so every index that begins with the tenant seems equal to the index of names. Only the
   * latter supports a range in this order.
   */
  static final String HOLDERS =
      """
      select p.*
        from unnest(?::uuid[], ?::text[]) k (tenant_id, user_name_key)
       cross join lateral (
          select %s
            from person p
           where p.tenant_id = k.tenant_id
             and p.user_name_key between k.user_name_key and k.user_name_key
             and p.deleted_at is null
           order by p.user_name_key) p
      """
          .formatted(COLUMNS);

  /** The deleted, unmanaged users with a name of an import. */
  static final String LEAVERS =
      """
      select p.*
        from unnest(?::uuid[], ?::text[]) k (tenant_id, user_name_key)
       cross join lateral (
          select %s
            from person p
           where p.tenant_id = k.tenant_id
             and p.user_name_key between k.user_name_key and k.user_name_key
             and p.deleted_at is not null and p.connection_id is null
           order by p.user_name_key
             for no key update) p
      """
          .formatted(COLUMNS);

  /** The settings of the database that must be off in the statement before {@link #load}. */
  List<String> settings(BatchKeys keys) {
    return keys.forImport() || keys.people().isEmpty() ? List.of() : PeopleByKeys.OFF;
  }

  /**
   * Loads all users that a batch names, and locks those that it may change. Reads their groups too,
   * where the batch does not change them.
   */
  BatchPeople load(BatchKeys keys) {
    BatchKeys.People people = keys.people();
    if (people.isEmpty()) {
      return new BatchPeople(List.of());
    }
    if (!keys.forImport()) {
      return load(PeopleByKeys.of(people, keys.groups().isEmpty()));
    }
    List<Person> named = new ArrayList<>(load(LEAVERS, people.names()));
    named.addAll(load(HOLDERS, people.names()));
    return new BatchPeople(named);
  }

  private List<Person> load(String sql, Collection<Name> names) {
    return jdbc.sql(sql)
        .param(array("uuid", names, Name::tenant))
        .param(array("text", names, Name::key))
        .query(PostgresPeople::person)
        .list();
  }

  private BatchPeople load(SqlFragment named) {
    Map<UUID, List<GroupName>> groups = new HashMap<>();
    List<Person> people =
        jdbc.sql(named.text())
            .params(named.parameters())
            .query(
                (row, n) -> {
                  Person person = person(row, n);
                  Array names = row.getArray("groups");
                  if (names != null) {
                    groups.put(person.id(), GroupNames.of(names));
                  }
                  return person;
                })
            .list();
    groups.values().removeIf(it -> it.size() >= PeopleByKeys.MANY_GROUPS);
    return new BatchPeople(people, groups);
  }

  /** Inserts new users and updates existing ones. */
  private static final String SAVE =
      """
      insert into person as p (tenant_id, id, connection_id, user_name, user_name_key, external_id, email_key,
                               active, deactivated_at, purge_after, deleted_at, enrolled_at, held_at,
                               idp_id, source_time, doc, search, version, created_at, modified_at)
      select tenant_id, id, connection_id, user_name, user_name_key, external_id, email_key,
             active, deactivated_at, purge_after, deleted_at, enrolled_at, held_at, idp_id, source_time,
             doc::jsonb, search::jsonb, version, created_at, modified_at
        from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::boolean[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[],
                    ?::timestamptz[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::bigint[],
                    ?::timestamptz[], ?::timestamptz[])
             n (tenant_id, id, connection_id, user_name, user_name_key, external_id, email_key,
                active, deactivated_at, purge_after, deleted_at, enrolled_at, held_at, idp_id, source_time,
                doc, search, version, created_at, modified_at)
      on conflict (tenant_id, id) do update
         set connection_id = excluded.connection_id, user_name = excluded.user_name,
             user_name_key = excluded.user_name_key, external_id = excluded.external_id,
             email_key = excluded.email_key, active = excluded.active,
             deactivated_at = excluded.deactivated_at, purge_after = excluded.purge_after,
             deleted_at = excluded.deleted_at, enrolled_at = excluded.enrolled_at, held_at = excluded.held_at,
             idp_id = excluded.idp_id, source_time = excluded.source_time, doc = excluded.doc, search = excluded.search, version = excluded.version,
             modified_at = excluded.modified_at
      """;

  /** Inserts or updates users, in id order. */
  void save(Collection<Person> people) {
    if (people.isEmpty()) {
      return;
    }
    List<Person> rows = people.stream().sorted(Comparator.comparing(Person::id)).toList();
    jdbc.sql(SAVE)
        .param(array("uuid", rows, Person::tenant))
        .param(array("uuid", rows, Person::id))
        .param(array("uuid", rows, Person::connection))
        .param(array("text", rows, Person::userName))
        .param(array("text", rows, Person::userNameKey))
        .param(array("text", rows, Person::externalId))
        .param(array("text", rows, Person::emailKey))
        .param(array("boolean", rows, Person::active))
        .param(array("timestamptz", rows, it -> time(it.lifecycle().deactivatedAt())))
        .param(array("timestamptz", rows, it -> time(it.lifecycle().purgeAfter())))
        .param(array("timestamptz", rows, it -> time(it.lifecycle().deletedAt())))
        .param(array("timestamptz", rows, it -> time(it.lifecycle().enrolledAt())))
        .param(array("timestamptz", rows, it -> time(it.lifecycle().heldAt())))
        .param(array("text", rows, it -> it.provenance().idpId()))
        .param(array("timestamptz", rows, it -> time(it.provenance().time())))
        .param(array("text", rows, it -> Json.text(it.document())))
        .param(array("text", rows, it -> Json.text(Folded.of(it.document()))))
        .param(array("bigint", rows, Person::version))
        .param(array("timestamptz", rows, it -> time(it.created())))
        .param(array("timestamptz", rows, it -> time(it.modified())))
        .update();
  }

  static Person person(ResultSet row, int n) throws SQLException {
    ObjectNode document = Json.stored(row.getString("doc"));
    return new Person(
        row.getObject("tenant_id", UUID.class),
        row.getObject("id", UUID.class),
        row.getObject("connection_id", UUID.class),
        row.getLong("version"),
        Objects.requireNonNull(ColumnValues.instant(row, "created_at")),
        Objects.requireNonNull(ColumnValues.instant(row, "modified_at")),
        new LifecycleState(
            ColumnValues.instant(row, "deactivated_at"),
            ColumnValues.instant(row, "purge_after"),
            ColumnValues.instant(row, "deleted_at"),
            ColumnValues.instant(row, "enrolled_at"),
            ColumnValues.instant(row, "held_at")),
        new Provenance(row.getString("idp_id"), ColumnValues.instant(row, "source_time")),
        document);
  }
}
