package io.gatehouse.support;

import java.util.List;
import java.util.UUID;

/** Many users of one connection, straight into the database: no event tells of them. */
public final class Crowd {

  private Crowd() {}

  /**
   * Makes one user by SCIM, who is announced, and all others like that one. The externalId of each
   * is {@code crowd-} and its number, from 0 on.
   *
   * @param idp of a gateway in this process
   * @return their ids, in the order of their numbers
   */
  public static List<UUID> of(ScimClient idp, int size) {
    UUID first =
        idp.create(ScimClient.user("crowd-0@example.com").put("externalId", "crowd-0")).id();
    idp.gateway()
        .sql(
            """
            insert into person (tenant_id, id, connection_id, user_name, user_name_key, active, external_id, email_key,
                                doc, search, version, created_at, modified_at)
            select p.tenant_id, gen_random_uuid(), p.connection_id,
                   replace(p.user_name, 'crowd-0', 'crowd-' || n), replace(p.user_name_key, 'crowd-0', 'crowd-' || n),
                   true, replace(p.external_id, 'crowd-0', 'crowd-' || n),
                   replace(p.email_key, 'crowd-0', 'crowd-' || n),
                   replace(p.doc::text, 'crowd-0', 'crowd-' || n)::jsonb,
                   replace(p.search::text, 'crowd-0', 'crowd-' || n)::jsonb,
                   p.version, p.created_at, p.modified_at
              from person p, generate_series(1, ?) n
             where p.id = ?
            """,
            size - 1,
            first);
    return idp.gateway()
        .owner()
        .sql(
            """
            select id from person
             where connection_id = ?::uuid and user_name like 'crowd-%'
             order by length(user_name), user_name
            """)
        .param(idp.connection())
        .query(UUID.class)
        .list();
  }
}
