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
 * The query for all users that a batch names, locked in id order. To plan it takes ten times as
 * long as to run it, so PostgreSQL keeps one plan for any keys, which must be as good when the
 * table has grown a thousandfold since. Two things see to that. An array in a query of its own
 * hides how many keys there are; else a plan for so many always seems better. And while it is
 * planned, neither reading the whole table nor sorting is allowed: then only the index of a key
 * yields its range in order. The query allows both again for the statements after it. The part that
 * few batches need is only there when it has keys.
 */
final class PeopleByKeys {

  /**
   * The settings that must be off when it is planned. What is not allowed seems dear, and dear
   * plans are compiled, which takes far longer than to run this one.
   */
  static final List<String> OFF = List.of("jit", "enable_seqscan", "enable_sort");

  private static final String BY_ID =
      "select tenant_id, id from unnest((select ?::uuid[]), (select ?::uuid[])) k (tenant_id, id)";

  private static final String BY_NAME = byText("user_name_key", "x.deleted_at is null", "limit 1");

  private static final String BY_NAME_OF_DELETED =
      byText("user_name_key", "x.deleted_at is not null", "");

  private static final String BY_EMAIL =
      byText("email_key", "x.connection_id is null and x.deleted_at is null", "");

  /** Any number of users may have the same externalId; a few show that it identifies no user. */
  private static final String BY_EXTERNAL_ID =
      """
      select p.tenant_id, p.id
        from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::text[]))
             k (tenant_id, connection_id, external_id)
       cross join lateral (
          select x.tenant_id, x.id
            from person x
           where x.tenant_id = k.tenant_id and x.connection_id = k.connection_id
             and x.external_id between k.external_id and k.external_id
           order by x.external_id
           limit 16) p
      """;

  /** The holders of the names of users who may return. */
  private static final String BY_NAME_OF_RETURNING =
      """
      select h.tenant_id, h.id
        from unnest((select ?::uuid[]), (select ?::uuid[])) k (tenant_id, id)
       cross join lateral (
          select x.tenant_id, x.user_name_key
            from person x
           where x.tenant_id = k.tenant_id and x.id between k.id and k.id
           order by x.id
           limit 1) p
       cross join lateral (
          select y.tenant_id, y.id
            from person y
           where y.tenant_id = p.tenant_id
             and y.user_name_key between p.user_name_key and p.user_name_key
             and y.deleted_at is null
           order by y.user_name_key
           limit 1) h
      """;

  /** The condition on the settings is one on the order: they are set before a row is read. */
  private static final String LOCKED =
      """
      )
      select p.*, %2$s as groups
        from (select set_config('enable_seqscan', 'on', true), set_config('enable_sort', 'on', true)
              offset 0) allowed (seqscan, sort)
       cross join lateral (
          select tenant_id, id
            from named
           where allowed.seqscan = allowed.sort
           order by id) n
       cross join lateral (
          select %1$s
            from person p
           where p.tenant_id = n.tenant_id and p.id between n.id and n.id
           order by p.id
           limit 1
             for no key update) p
      """;

  /** One more than are read with a user: of more, an answer reads them itself. */
  static final int MANY_GROUPS = 101;

  private static final String GROUPS =
      """
      array(select m.group_id || g.display_name
              from membership m
             cross join lateral (
                select x.display_name
                  from person_group x
                 where x.tenant_id = m.tenant_id and x.id between m.group_id and m.group_id
                 order by x.id
                 limit 1) g
             where m.tenant_id = p.tenant_id and m.user_id between p.id and p.id
             order by m.user_id
             limit %d)
      """
          .formatted(MANY_GROUPS);

  private static final String WITH_GROUPS = LOCKED.formatted(PostgresPeople.COLUMNS, GROUPS);

  private static final String WITHOUT_GROUPS =
      LOCKED.formatted(PostgresPeople.COLUMNS, "null::text[]");

  private final List<SqlFragment> parts = new ArrayList<>();

  private PeopleByKeys() {}

  /** The users with a text in a column that has an index. */
  private static String byText(String column, String condition, String limit) {
    return """
        select p.tenant_id, p.id
          from unnest((select ?::uuid[]), (select ?::text[])) k (tenant_id, key)
         cross join lateral (
            select x.tenant_id, x.id
              from person x
             where x.tenant_id = k.tenant_id
               and x.%1$s between k.key and k.key
               and %2$s
             order by x.%1$s
             %3$s) p
        """
        .formatted(column, condition, limit);
  }

  /**
   * The query for these keys.
   *
   * @param groups whether the groups of each user are read too
   */
  static SqlFragment of(BatchKeys.People keys, boolean groups) {
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
        .in("with named as (", groups ? WITH_GROUPS : WITHOUT_GROUPS);
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
            BY_EXTERNAL_ID,
            array("uuid", keys, ConnectionKey::tenant),
            array("uuid", keys, ConnectionKey::connection),
            array("text", keys, ConnectionKey::value)));
  }
}
