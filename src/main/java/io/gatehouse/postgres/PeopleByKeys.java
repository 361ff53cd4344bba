package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.ConnectionKey;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.BatchKeys.Name;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query for all users that a batch names, locked in id order. PostgreSQL plans it each time,
 * and that takes longer than to run it, so the part that few batches need, which is the dearest, is
 * only there when it has keys. Without further ones, PostgreSQL would keep a plan for any number of
 * keys, made when the table was smaller.
 */
final class PeopleByKeys {

  private static final String BY_ID =
      """
      select p.tenant_id, p.id
        from unnest(?::uuid[], ?::uuid[]) k (tenant_id, id)
        join person p using (tenant_id, id)
      """;

  private static final String BY_NAME =
      """
      select p.tenant_id, p.id
        from unnest(?::uuid[], ?::text[]) k (tenant_id, user_name_key)
        join person p using (tenant_id, user_name_key)
       where p.deleted_at is null
      """;

  private static final String BY_NAME_OF_DELETED =
      """
      select p.tenant_id, p.id
        from unnest(?::uuid[], ?::text[]) k (tenant_id, user_name_key)
        join person p using (tenant_id, user_name_key)
       where p.deleted_at is not null
      """;

  private static final String BY_EMAIL =
      """
      select p.tenant_id, p.id
        from unnest(?::uuid[], ?::text[]) k (tenant_id, email_key)
        join person p using (tenant_id, email_key)
       where p.connection_id is null and p.deleted_at is null
      """;

  /** The holders of the names of users who may return. */
  private static final String BY_NAME_OF_RETURNING =
      """
      select h.tenant_id, h.id
        from unnest(?::uuid[], ?::uuid[]) k (tenant_id, id)
        join person p using (tenant_id, id)
        join person h on h.tenant_id = p.tenant_id and h.user_name_key = p.user_name_key
       where h.deleted_at is null
      """;

  private static final String LOCKED =
      """
      )
      select %s
        from named
        join person p using (tenant_id, id)
       order by p.id
         for no key update of p
      """
          .formatted(PostgresPeople.COLUMNS);

  private final List<SqlFragment> parts = new ArrayList<>();

  private PeopleByKeys() {}

  /** The query for these keys. */
  static SqlFragment of(BatchKeys.People keys) {
    PeopleByKeys query = new PeopleByKeys();
    query.byId(BY_ID, keys.ids());
    query.byName(BY_NAME, keys.names());
    query.byName(BY_NAME_OF_DELETED, keys.names());
    query.byExternalId(keys.externalIds());
    query.byName(BY_EMAIL, keys.emails());
    if (!keys.returning().isEmpty()) {
      query.byId(BY_NAME_OF_RETURNING, keys.returning());
    }
    return new SqlFragment(
            query.parts.stream().map(SqlFragment::text).collect(Collectors.joining(" union ")),
            query.parts.stream().flatMap(it -> it.parameters().stream()).toList())
        .in("with named as (", LOCKED);
  }

  private void byId(String sql, Collection<Id> keys) {
    parts.add(SqlFragment.of(sql, array("uuid", keys, Id::tenant), array("uuid", keys, Id::id)));
  }

  private void byName(String sql, Collection<Name> keys) {
    parts.add(
        SqlFragment.of(sql, array("uuid", keys, Name::tenant), array("text", keys, Name::key)));
  }

  private void byExternalId(Collection<ConnectionKey> keys) {
    parts.add(
        SqlFragment.of(
            PostgresPeople.ALIKE,
            array("uuid", keys, ConnectionKey::tenant),
            array("uuid", keys, ConnectionKey::connection),
            array("text", keys, ConnectionKey::value)));
  }
}
