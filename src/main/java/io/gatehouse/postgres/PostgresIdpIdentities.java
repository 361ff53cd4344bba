package io.gatehouse.postgres;

import static io.gatehouse.postgres.ColumnValues.array;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.Group;
import io.gatehouse.directory.Person;
import io.gatehouse.inbox.IdpIdentities;
import io.gatehouse.scim.NameKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds users and groups by the ids of an IdP. */
final class PostgresIdpIdentities implements IdpIdentities {

  private final JdbcClient jdbc;

  PostgresIdpIdentities(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Finds a user by id, externalId or login. A user with the login but another known IdP id does
   * not match.
   */
  @Override
  public Optional<Person> person(Caller caller, String idpId, @Nullable String login) {
    return jdbc.sql(
            """
            select %s
              from (select 1 as rank, tenant_id, id from person
                     where tenant_id = :tenant and connection_id = :connection and idp_id = :idp
                    union all
                    select 2, tenant_id, id from person
                     where tenant_id = :tenant and connection_id = :connection and external_id = :idp
                       and (idp_id is null or idp_id = :idp)
                    union all
                    select 3, tenant_id, id from person
                     where tenant_id = :tenant and connection_id = :connection and user_name_key = :login
                       and (idp_id is null or idp_id = :idp)) k
              join person p using (tenant_id, id)
             order by k.rank, p.deleted_at desc nulls first
             limit 1
            """
                .formatted(PostgresPeople.COLUMNS))
        .param("tenant", caller.tenant())
        .param("connection", caller.requireConnection())
        .param("idp", idpId)
        .param("login", NameKey.ofNullable(login))
        .query(PostgresPeople::person)
        .optional();
  }

  @Override
  public Optional<Group> group(Caller caller, String idpId) {
    return jdbc.sql(
            PostgresGroups.STORED
                + """
                 where g.tenant_id = :tenant and g.connection_id = :connection
                   and (g.external_id = :idp
                        or g.id = (select s.value::uuid from idp_state s
                                    where s.connection_id = :connection and s.name = :name))
                 order by g.external_id is distinct from :idp
                 limit 1
                """)
        .param("tenant", caller.tenant())
        .param("connection", caller.requireConnection())
        .param("idp", idpId)
        .param("name", name(idpId))
        .query(PostgresGroups::group)
        .optional();
  }

  @Override
  public Optional<Group> adopt(Caller caller, String idpId, String displayName) {
    Optional<Group> group =
        jdbc.sql(
                PostgresGroups.STORED
                    + """
                     where g.tenant_id = ? and g.connection_id = ? and g.display_name_key = ?
                       and g.external_id is null
                       and not exists (select from idp_state s
                                        where s.connection_id = g.connection_id
                                          and s.name like 'group/%' and s.value = g.id::text)
                    """)
            .params(caller.tenant(), caller.requireConnection(), NameKey.of(displayName))
            .query(PostgresGroups::group)
            .optional();
    group.ifPresent(it -> remember(caller, idpId, it.id()));
    return group;
  }

  private void remember(Caller caller, String idpId, UUID group) {
    jdbc.sql(
            """
            insert into idp_state (connection_id, name, value) values (?, ?, ?)
            on conflict (connection_id, name) do update set value = excluded.value
            """)
        .params(caller.requireConnection(), name(idpId), group.toString())
        .update();
  }

  private static String name(String idpId) {
    return "group/" + idpId;
  }

  @Override
  public Map<String, UUID> people(Caller caller, Collection<String> idpIds) {
    return byIdpId(
        jdbc.sql(
                """
                select distinct on (n.idp_id) n.idp_id, p.id
                  from unnest(?::text[]) n (idp_id)
                  join person p on p.idp_id = n.idp_id or (p.idp_id is null and p.external_id = n.idp_id)
                 where p.tenant_id = ? and p.connection_id = ? and p.deleted_at is null
                 order by n.idp_id, p.idp_id nulls last
                """)
            .param(array("text", idpIds, it -> it))
            .param(caller.tenant())
            .param(caller.requireConnection()));
  }

  @Override
  public Map<String, UUID> members(Caller caller, UUID group) {
    return byIdpId(
        jdbc.sql(
                """
                select coalesce(p.idp_id, p.external_id) as idp_id, p.id
                  from membership m
                  join person p on p.tenant_id = m.tenant_id and p.id = m.member_id
                 where m.tenant_id = ? and m.group_id = ? and p.connection_id = ? and p.deleted_at is null
                   and coalesce(p.idp_id, p.external_id) is not null
                """)
            .param(caller.tenant())
            .param(group)
            .param(caller.requireConnection()));
  }

  private static Map<String, UUID> byIdpId(JdbcClient.StatementSpec query) {
    Map<String, UUID> people = new HashMap<>();
    query.query(
        row -> {
          people.put(row.getString("idp_id"), row.getObject("id", UUID.class));
        });
    return people;
  }
}
