package io.gatehouse.benchmark;

import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time of each page of the portal with many users. {@code -Dusers=1000000 -Drounds=40}; the
 * users are inserted by SQL.
 */
class PortalBenchmark {

  private static final int USERS = Integer.getInteger("users", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 40);

  private final Gateway gateway = Gateway.shared();

  @Test
  void pages() {
    ScimClient idp = gateway.connection("entra");
    List<UUID> ids = Crowd.of(idp, USERS);
    UUID group = idp.createGroup("Everyone", ids.get(1)).id();
    grow(idp, group);
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());
    String tenant = "/admin/tenants/" + idp.tenant();
    String last = "crowd-" + (USERS - 1);
    List<String> pages =
        new ArrayList<>(
            List.of(
                "/admin",
                tenant,
                tenant + "/users",
                tenant + "/users?q=" + last,
                tenant + "/users?q=" + last + "@example.com",
                tenant + "/users?q=nobody-of-this-name",
                tenant + "/users?q=Lovelace",
                tenant + "/users?state=deactivated",
                tenant + "/users?connection=" + idp.connection(),
                tenant + "/users/" + ids.get(USERS / 2),
                tenant + "/users/" + ids.get(1),
                tenant + "/groups?q=Group%2099",
                tenant + "/groups/" + group,
                tenant + "/users?q=grace",
                tenant + "/audit?action=user.replace",
                tenant + "/audit?actor=nobody",
                tenant + "/audit?outcome=refused",
                tenant + "/audit?connection=" + idp.connection(),
                tenant + "/audit?from=2020-01-01&until=2020-01-02",
                tenant + "/audit?resource=" + ids.get(1)));
    for (String page :
        List.of(
            "groups",
            "leavers",
            "enrolment",
            "import",
            "connections",
            "conflicts",
            "problems",
            "explain",
            "subscribers",
            "activity",
            "audit")) {
      pages.add(tenant + "/" + page);
    }
    System.out.printf("%d users, %d rounds; milliseconds%n", USERS, ROUNDS);
    System.out.printf("| page | p50 | p95 |%n|---|---|---|%n");
    for (String page : pages) {
      time(client, page);
    }
  }

  /** What a tenant of that size has beside its users. */
  private void grow(ScimClient idp, UUID group) {
    JdbcClient owner = gateway.owner();
    owner
        .sql(
            """
            update person set active = false, deactivated_at = now() - random() * interval '80 days',
                   purge_after = now() + random() * interval '80 days'
             where external_id like 'crowd-%7' and connection_id = ?::uuid
            """)
        .param(idp.connection())
        .update();
    owner
        .sql(
            """
            insert into membership (tenant_id, group_id, member_id, user_id)
            select tenant_id, ?, id, id from person
             where external_id like 'crowd-%9' and connection_id = ?::uuid
                on conflict do nothing
            """)
        .params(group, idp.connection())
        .update();
    owner
        .sql(
            """
            insert into person_group (tenant_id, id, connection_id, display_name, display_name_key, doc, search, version,
                                      created_at, modified_at)
            select tenant_id, gen_random_uuid(), connection_id, 'Group ' || n, 'group ' || n, doc, search, version,
                   created_at, modified_at
              from person_group, generate_series(1, 10000) n where id = ?
            """)
        .param(group)
        .update();
    owner
        .sql(
            """
            insert into change (event_id, tenant_id, resource_type, resource_id, version, type, data, occurred_at, sequence,
                                published_at)
            select gen_random_uuid(), p.tenant_id, c.resource_type, p.id, 1, c.type, c.data, now(), 1, now()
              from person p, (select * from change where type = 'gatehouse.user.created.v1' order by id desc limit 1) c
             where p.connection_id = ?::uuid
                on conflict do nothing
            """)
        .param(idp.connection())
        .update();
    owner
        .sql(
            """
            insert into audit_entry (tenant_id, connection_id, actor, action, resource_id, version, status, at)
            select p.tenant_id, p.connection_id, e.actor, e.action, p.id, 1, 201, now() - random() * interval '80 days'
              from person p, (select * from audit_entry where action = 'user.create' order by id desc limit 1) e
             where p.connection_id = ?::uuid
            """)
        .param(idp.connection())
        .update();
    gateway.admin(
        "POST",
        "/endpoints",
        Json.object()
            .put("tenant", idp.tenant())
            .put("name", "payroll")
            .put("url", "https://payroll.example.com/events"));
    owner.sql("update endpoint set position = 0, disabled_because = 'It is far behind.'").update();
    owner.sql("analyze").update();
  }

  private static void time(PortalClient client, String page) {
    List<Double> times = new ArrayList<>();
    int status = 0;
    for (int i = 0; i < ROUNDS + 10; i++) {
      long start = System.nanoTime();
      status = client.get(page).status();
      if (i >= 10) {
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    times.sort(null);
    System.out.printf(
        "| %s | %.1f | %.1f |%s%n",
        page.replaceAll("[0-9a-f-]{36}", "..."),
        times.get(ROUNDS / 2),
        times.get(ROUNDS * 95 / 100),
        status == 200 ? "" : " " + status);
  }
}
