package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.directory.RateCounters;
import io.gatehouse.scim.Json;
import io.gatehouse.support.ExternalDatabase;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of the gateway, of a tenant, and the rates. */
class OverviewPagesTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void judgesEachPartAndDrawsTheRates() {
    gateway.tenant(); // without any, there are no rates
    Page page = PortalClient.signedIn(gateway, Role.VIEWER).get("/admin");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains("HTTP", "Database", "Broker", "Commands", "Outbox", "Inbox", "Parked", "Brake")
        .contains("Subscribers", "Commands per minute", "Last hour");
    assertThat(page.html())
        .contains("<polyline", "<title id=\"t-commands\"", "<desc id=\"d-commands\"")
        .doesNotContain("style=");
  }

  @Test
  void namesThePartThatNeedsAnAct() {
    ScimClient idp = gateway.connection("standard");
    gateway.subscription(idp.tenant(), "training");
    gateway.sql(
        "update subscription set lagging_since = now() where tenant_id = (select id from tenant where slug = ?)",
        idp.tenant());

    PortalClient mine = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    PortalClient other = PortalClient.signedIn(gateway, Role.VIEWER, gateway.tenant());

    assertThat(mine.get("/admin").text()).contains("1 queue lags");
    assertThat(other.get("/admin").text()).contains("All subscribers keep up.");
    assertThat(part("subscribers").path("state").asText()).isEqualTo("bad");
    gateway.sql("update subscription set lagging_since = null where name = 'training'");
  }

  @Test
  void renewsItsLivePartAndWorksWithoutJavaScript() {
    String tenant = gateway.tenant();
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER);
    for (String page : new String[] {"/admin", "/admin/tenants/" + tenant}) {
      assertThat(client.get(page + "?period=day").html())
          .containsOnlyOnce("id=\"live\"")
          .contains("hx-get=\"" + page + "?period=day\"", "hx-trigger=\"every 10s\"")
          .contains("hx-select=\"#live\"");
      assertThat(client.poll(page + "?period=day").html()).contains("id=\"live\"", "<polyline");
    }
  }

  @Test
  void showsAnAdministratorOfATenantNothingOfTheOthers() {
    ScimClient idp = gateway.connection("okta");
    gateway.connection("entra");
    String token =
        gateway
            .admin(
                "POST",
                "/access/tokens",
                io.gatehouse.scim.Json.object()
                    .put("name", "status-of-" + idp.tenant())
                    .put("role", "viewer")
                    .put("expiresAt", java.time.Instant.now().plusSeconds(600).toString())
                    .set("tenants", io.gatehouse.scim.Json.array().add(idp.tenant())))
            .json()
            .path("token")
            .asText();
    JsonNode status = gateway.call("GET", "/admin/api/v1/status", token, null).json();
    assertThat(status.path("feed").isNumber() || status.path("feed").isObject()).isFalse();
    assertThat(status.path("routes"))
        .isNotEmpty()
        .allMatch(it -> it.path("idp").asText().equals("okta"));
    assertThat(gateway.admin("GET", "/status", null).json().path("feed").isObject()).isTrue();
    assertThat(PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant()).get("/admin").text())
        .doesNotContain("The database is not available");
  }

  private JsonNode part(String name) {
    return StreamSupport.stream(
            gateway.admin("GET", "/status", null).json().path("parts").spliterator(), false)
        .filter(it -> it.path("part").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsWhatATenantSendsAndKeepsItInTheDatabase() {
    ScimClient idp = gateway.connection("standard");
    idp.create(user("ada"));
    idp.create(user("ada"));
    await().untilAsserted(() -> assertThat(sum(idp, "events", "hour")).isEqualTo(1));

    assertThat(sum(idp, "accepted", "hour")).isEqualTo(2);
    assertThat(sum(idp, "applied", "hour")).isEqualTo(1);
    assertThat(sum(idp, "refused", "hour")).isEqualTo(1);
    assertThat(sum(idp, "applyP95", "hour")).isPositive();
    try {
      MovableClock.pass(Duration.ofMinutes(2));
      gateway.bean(RateCounters.class).store();
      assertThat(gateway.bean(RateCounters.class).unstored(idp.tenant(), java.time.Instant.EPOCH))
          .isEmpty();
      idp.create(user("grace"));
      MovableClock.pass(Duration.ofMinutes(2));
      gateway.bean(RateCounters.class).store();
      assertThat(sum(idp, "accepted", "hour")).isEqualTo(3);
      assertThat(sum(idp, "accepted", "day")).isEqualTo(3);
    } finally {
      MovableClock.set(Duration.ZERO);
    }
  }

  @Test
  void addsTheMinutesOfSeveralInstances() {
    ScimClient idp = gateway.connection("standard");
    var minute =
        new io.gatehouse.directory.RateMinute(
            idp.tenant(),
            java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MINUTES),
            1,
            1,
            0,
            0,
            java.util.List.of(0L, 1L),
            java.util.List.of());
    var rates = gateway.bean(io.gatehouse.directory.Rates.class);
    rates.add(java.util.List.of(minute));
    rates.add(java.util.List.of(minute.plus(minute)));

    var sum = rates.since(idp.tenant(), minute.minute()).get(0);
    assertThat(sum.accepted()).isEqualTo(3);
    assertThat(sum.apply()).containsExactly(0L, 3L);
  }

  private long sum(ScimClient idp, String field, String period) {
    String path = "/rates?tenant=" + idp.tenant() + "&period=" + period;
    JsonNode points = gateway.admin("GET", path, null).json().path("points");
    return StreamSupport.stream(points.spliterator(), false)
        .mapToLong(it -> it.path(field).asLong())
        .sum();
  }

  @Test
  void answersRatesOfKnownPeriodsOnly() {
    assertThat(gateway.admin("GET", "/rates?period=year", null).status()).isEqualTo(400);
    assertThat(gateway.admin("GET", "/rates?tenant=nothing", null).status()).isEqualTo(400);
    assertThat(gateway.admin("GET", "/rates", null).json().path("points")).hasSize(60);
    assertThat(gateway.admin("GET", "/rates?period=day", null).json().path("points")).hasSize(96);
  }

  @Test
  void leadsThroughTheFirstStepsOfATenant() {
    String tenant = gateway.tenant();
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER, tenant);
    assertThat(client.get("/admin/tenants/" + tenant).text())
        .contains("First steps", "Add a connection", "Add a subscriber");

    ScimClient idp = gateway.connection(tenant, "standard");
    idp.create(user("ada"));
    gateway.subscription(tenant, "training");
    Page page = client.get("/admin/tenants/" + tenant);

    assertThat(page.text())
        .doesNotContain("First steps")
        .contains("Last change", "standard", "UTC");
    assertThat(
            PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant())
                .get("/admin/tenants/" + tenant)
                .status())
        .isEqualTo(404);
    JsonNode standing = gateway.admin("GET", "/tenants/" + tenant + "/standing", null).json();
    assertThat(standing.path("hasUsers").asBoolean()).isTrue();
    assertThat(standing.at("/connections/0/lastApplied").asText()).isNotEmpty();
  }

  @Test
  void escapesNames() {
    String tenant = gateway.tenant();
    gateway.admin(
        "POST",
        "/connections",
        Json.object()
            .put("tenant", tenant)
            .put("name", "<script>alert(1)</script>")
            .put("idp", "standard"));
    Page page = PortalClient.signedIn(gateway, Role.VIEWER).get("/admin/tenants/" + tenant);
    assertThat(page.html()).contains("&lt;script&gt;").doesNotContain("<script>alert");
  }

  @Test
  void showsTheRedLightWhileTheDatabaseIsDown(@TempDir Path folder) {
    try (ExternalDatabase database = ExternalDatabase.start(folder.resolve("pg"));
        Gateway alone = Gateway.start(Gateway.temporaryFolder(), database.settings())) {
      PortalClient client = PortalClient.signedIn(alone, Role.VIEWER);
      assertThat(client.get("/admin").text()).contains("It works.");
      database.stop();

      Page page = client.get("/admin");

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text())
          .contains("PostgreSQL does not take writes", "The database is not available");
      database.start();
    }
  }
}
