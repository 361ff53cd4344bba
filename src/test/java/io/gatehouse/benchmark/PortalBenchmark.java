package io.gatehouse.benchmark;

import io.gatehouse.access.Role;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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
    gateway.sql(
        """
        update person set active = false, deactivated_at = now() - random() * interval '80 days',
               purge_after = now() + random() * interval '80 days'
         where external_id like 'crowd-%7' and connection_id = ?::uuid
        """,
        idp.connection());
    gateway.owner().sql("analyze").update();
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
                tenant + "/users/" + ids.get(USERS / 2)));
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
