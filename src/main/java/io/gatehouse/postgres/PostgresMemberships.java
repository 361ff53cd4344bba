package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.directory.BatchKeys;
import io.gatehouse.directory.BatchKeys.ConnectionId;
import io.gatehouse.directory.BatchKeys.Id;
import io.gatehouse.directory.BatchKeys.Pair;
import io.gatehouse.directory.Membership;
import io.gatehouse.scim.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Memberships in {@code membership}: one row each, so that a new member costs the same in any
 * group.
 */
final class PostgresMemberships {

  private final JdbcClient jdbc;

  PostgresMemberships(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Loads the memberships that a batch may change: single ones, and all those of some groups. */
  List<Membership> load(BatchKeys.Groups selection) {
    if (selection.pairs().isEmpty() && selection.whole().isEmpty()) {
      return List.of();
    }
    return jdbc.sql(
            """
            select m.tenant_id, m.group_id, m.member_id, m.user_id is not null as is_user, m.display
              from unnest(?::uuid[], ?::uuid[], ?::uuid[]) k (tenant_id, group_id, member_id)
              join membership m using (tenant_id, group_id, member_id)
            union
            select m.tenant_id, m.group_id, m.member_id, m.user_id is not null, m.display
              from unnest(?::uuid[], ?::uuid[]) k (tenant_id, group_id)
              join membership m using (tenant_id, group_id)
            """)
        .param(array("uuid", selection.pairs(), Pair::tenant))
        .param(array("uuid", selection.pairs(), Pair::group))
        .param(array("uuid", selection.pairs(), Pair::member))
        .param(array("uuid", selection.whole(), Id::tenant))
        .param(array("uuid", selection.whole(), Id::id))
        .query(PostgresMemberships::membership)
        .list();
  }

  private static Membership membership(ResultSet row, int n) throws SQLException {
    return new Membership(
        row.getObject("tenant_id", UUID.class),
        row.getObject("group_id", UUID.class),
        row.getObject("member_id", UUID.class),
        row.getBoolean("is_user") ? ResourceType.USER : ResourceType.GROUP,
        row.getString("display"));
  }

  /** The named resources that may become members: controlled by the connection, and visible. */
  Map<ConnectionId, ResourceType> candidates(BatchKeys.Groups selection) {
    Map<ConnectionId, ResourceType> candidates = new HashMap<>();
    if (selection.candidates().isEmpty()) {
      return candidates;
    }
    jdbc.sql(
            """
            with named as (select * from unnest(?::uuid[], ?::uuid[], ?::uuid[]) n (tenant_id, connection_id, id))
            select n.tenant_id, n.connection_id, n.id, 'USER'
              from named n
              join person p using (tenant_id, connection_id, id)
             where p.deleted_at is null
            union all
            select n.tenant_id, n.connection_id, n.id, 'GROUP'
              from named n
              join person_group g using (tenant_id, connection_id, id)
            """)
        .param(array("uuid", selection.candidates(), ConnectionId::tenant))
        .param(array("uuid", selection.candidates(), ConnectionId::connection))
        .param(array("uuid", selection.candidates(), ConnectionId::id))
        .query(
            row -> {
              candidates.put(
                  new ConnectionId(
                      row.getObject(1, UUID.class),
                      row.getObject(2, UUID.class),
                      row.getObject(3, UUID.class)),
                  ResourceType.valueOf(row.getString(4)));
            });
    return candidates;
  }

  void delete(Collection<Membership> memberships) {
    if (!memberships.isEmpty()) {
      jdbc.sql(
              """
              delete from membership m
               using unnest(?::uuid[], ?::uuid[], ?::uuid[]) n (tenant_id, group_id, member_id)
               where m.tenant_id = n.tenant_id and m.group_id = n.group_id and m.member_id = n.member_id
              """)
          .param(array("uuid", memberships, Membership::tenant))
          .param(array("uuid", memberships, Membership::group))
          .param(array("uuid", memberships, Membership::member))
          .update();
    }
  }

  void insert(Collection<Membership> memberships) {
    if (memberships.isEmpty()) {
      return;
    }
    List<Membership> rows =
        memberships.stream()
            .sorted(Comparator.comparing(Membership::group).thenComparing(Membership::member))
            .toList();
    jdbc.sql(
            """
            insert into membership (tenant_id, group_id, member_id, user_id, subgroup_id, display)
            select * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[])
            """)
        .param(array("uuid", rows, Membership::tenant))
        .param(array("uuid", rows, Membership::group))
        .param(array("uuid", rows, Membership::member))
        .param(array("uuid", rows, it -> memberOf(it, ResourceType.USER)))
        .param(array("uuid", rows, it -> memberOf(it, ResourceType.GROUP)))
        .param(array("text", rows, Membership::display))
        .update();
  }

  private static @Nullable UUID memberOf(Membership it, ResourceType type) {
    return it.type() == type ? it.member() : null;
  }
}
