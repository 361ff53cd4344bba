package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.directory.Group;
import io.gatehouse.directory.GroupQueries;
import io.gatehouse.directory.ResourceQuery.Position;
import io.gatehouse.scim.NameKey;
import io.gatehouse.scim.ResourceId;
import io.gatehouse.scim.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queries of groups in {@code person_group}, and of their members in {@code membership}. */
final class PostgresGroupQueries implements GroupQueries {

  /** Sorts by code point, independent of the database's collation. */
  private static final String NAME = "g.display_name_key collate \"C\"";

  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private final JdbcClient jdbc;

  PostgresGroupQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Group> groups(Search search) {
    String text = search.text();
    SqlFragment page =
        text == null
            ? page(search, SqlFragment.of(""))
            : page(search, named(text).in(" and ", ""))
                .then(" union all ")
                .then(page(search, mentioned(search.tenant(), text)))
                .in("select * from (", ") g")
                .then(end(search));
    return jdbc.sql(page.text()).params(page.parameters()).query(PostgresGroups::group).list();
  }

  private static SqlFragment page(Search search, SqlFragment condition) {
    Position after = search.after();
    return SqlFragment.of(
            """
            select g.tenant_id, g.id, g.connection_id, g.version, g.created_at, g.modified_at, g.doc::text as doc,
                   g.display_name_key
              from person_group g
             where g.tenant_id = ?
            """,
            search.tenant())
        .then(condition)
        .then(
            search.connection() == null
                ? SqlFragment.of("")
                : SqlFragment.of(" and g.connection_id = ?", search.connection()))
        .then(
            after == null
                ? SqlFragment.of("")
                : SqlFragment.of(
                    " and (" + NAME + ", g.id) > (?, ?)", String.valueOf(after.key()), after.id()))
        .then(end(search))
        .in("(", ")");
  }

  private static SqlFragment end(Search search) {
    return SqlFragment.of(" order by " + NAME + ", g.id limit ?", search.count());
  }

  private static SqlFragment named(String text) {
    String key = NameKey.of(text);
    return SqlFragment.of("(" + NAME + " >= ? and " + NAME + " < ?)", key, key + LAST);
  }

  /** The groups with this externalId or id that are not already found by name. */
  private static SqlFragment mentioned(UUID tenant, String text) {
    SqlFragment external =
        SqlFragment.of(
            " and (g.id in (select x.id from connection c join person_group x"
                + " on x.tenant_id = c.tenant_id and x.connection_id = c.id and x.external_id = ?"
                + " where c.tenant_id = ?)",
            text,
            tenant);
    return ResourceId.of(text)
        .map(id -> external.then(" or g.id = ?", id))
        .orElse(external)
        .then(") and not ")
        .then(named(text));
  }

  /** Finds a group through the tenants, because the key of {@code person_group} begins with it. */
  @Override
  public Optional<Group> group(UUID id) {
    return jdbc.sql(
            """
            select g.tenant_id, g.id, g.connection_id, g.version, g.created_at, g.modified_at, g.doc::text as doc
              from tenant t
              join person_group g on g.tenant_id = t.id and g.id = ?
            """)
        .param(id)
        .query(PostgresGroups::group)
        .optional();
  }

  @Override
  public List<Member> members(UUID tenant, UUID group, @Nullable UUID after, int count) {
    return jdbc.sql(
            """
            select m.member_id, m.user_id is not null as is_user, coalesce(p.user_name, s.display_name) as name,
                   coalesce(p.doc ->> 'displayName', p.doc #>> '{name,formatted}') as display_name,
                   case when p.id is null then null when not p.active then 'deactivated'
                        when p.connection_id is null then 'unmanaged' else 'active' end as state
              from membership m
              left join person p on p.tenant_id = m.tenant_id and p.id = m.user_id
              left join person_group s on s.tenant_id = m.tenant_id and s.id = m.subgroup_id
             where m.tenant_id = ? and m.group_id = ? and m.member_id > ?
             order by m.member_id
             limit ?
            """)
        .params(tenant, group, after == null ? new UUID(0, 0) : after, count)
        .query(PostgresGroupQueries::member)
        .list();
  }

  private static Member member(ResultSet row, int n) throws SQLException {
    return new Member(
        row.getObject("member_id", UUID.class),
        row.getBoolean("is_user") ? ResourceType.USER : ResourceType.GROUP,
        row.getString("name"),
        row.getString("display_name"),
        row.getString("state"));
  }

  @Override
  public Map<UUID, String> names(UUID tenant, Collection<UUID> ids) {
    Map<UUID, String> names = new HashMap<>();
    if (ids.isEmpty()) {
      return names;
    }
    jdbc.sql(
            """
            with n as (select * from unnest(?::uuid[]) n (id))
            select p.id, p.user_name from n join person p on p.tenant_id = ? and p.id = n.id
            union all
            select g.id, g.display_name from n join person_group g on g.tenant_id = ? and g.id = n.id
            """)
        .param(array("uuid", ids, it -> it))
        .params(tenant, tenant)
        .query(
            row -> {
              names.put(row.getObject(1, UUID.class), row.getString(2));
            });
    return names;
  }
}
