package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessPagesTest {

  private static final Pattern SECRET = Pattern.compile("<code id=\"secret\">([^<]+)</code>");

  private final Gateway gateway = Gateway.shared();

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  private static String secret(Page page) {
    Matcher secret = SECRET.matcher(page.html());
    assertThat(secret.find()).as(page.text()).isTrue();
    return secret.group(1);
  }

  private static String name() {
    return "n" + UUID.randomUUID();
  }

  @Test
  void anAdministratorIsAddedWithAPasswordForTheFirstSignIn() {
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    client.get("/admin/access");
    String name = name();
    Page given =
        client.post(
            "/admin/access/administrators", "name", name, "role", "operator", "all", "true");
    assertThat(PortalClient.of(gateway).signIn(name, secret(given)).text())
        .contains("Choose a password");
    assertThat(client.get("/admin/access").text()).contains(name).contains("password given out");
  }

  @Test
  void aTokenIsMadeShownOnceAndRevoked() {
    String tenant = gateway.tenant();
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    client.get("/admin/access");
    String name = "<script>alert(1)</script>" + UUID.randomUUID();
    Page given =
        client.post(
            "/admin/access/tokens",
            "name",
            name,
            "role",
            "viewer",
            "tenants",
            tenant,
            "days",
            "30");
    String token = secret(given);
    assertThat(given.html()).doesNotContain("<script>alert");
    assertThat(gateway.call("GET", "/admin/api/v1/access/me", token, null).status()).isEqualTo(200);
    Page page = client.get("/admin/access");
    assertThat(page.html()).doesNotContain("<script>alert").doesNotContain(token);
    assertThat(page.text()).contains(name);
    Matcher revoke = Pattern.compile("/admin/access/tokens/[0-9a-f-]+/revoke").matcher(page.html());
    assertThat(revoke.find()).isTrue(); // the newest stands first
    assertThat(client.post(revoke.group()).text()).contains("It was revoked");
    assertThat(gateway.call("GET", "/admin/api/v1/access/me", token, null).status()).isEqualTo(401);
  }

  @Test
  void aRefusedFormSaysWhyAndKeepsWhatWasTyped() {
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    client.get("/admin/access");
    Page page =
        client.post("/admin/access/tokens", "name", "my report", "role", "auditor", "days", "30");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("Name at least one tenant").contains("Make a token");
    assertThat(page.html())
        .contains("value=\"my report\"", "value=\"30\"")
        .containsPattern("<option value=\"auditor\" selected");
  }

  @Test
  void namesTenantsInAFieldWhereTheyAreMany() {
    List<String> slugs = IntStream.range(0, 13).mapToObj(it -> gateway.tenant()).toList();
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    Page page = client.get("/admin/access");
    assertThat(page.html()).doesNotContain("type=\"checkbox\" name=\"tenants\"");

    String both = slugs.get(0) + ", " + slugs.get(1);
    String name = name();
    client.post("/admin/access/administrators", "name", name, "role", "viewer", "tenants", both);

    Answer all = gateway.admin("GET", "/access/administrators", null);
    assertThat(all.json())
        .filteredOn(it -> it.path("name").asText().equals(name))
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.path("tenants"))
                    .extracting(JsonNode::asText)
                    .containsAll(slugs.subList(0, 2)));
  }

  @Test
  void thePasswordIsAskedForAgainAfterSomeMinutes() {
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    client.get("/admin/access");
    MovableClock.pass(Duration.ofMinutes(6));
    String name = name();
    String[] form = {"name", name, "role", "viewer", "all", "true"};
    Page page = client.post("/admin/access/administrators", form);
    assertThat(page.text()).contains("Confirm with your password");
    page =
        client.post(
            "/admin/access/administrators",
            "name",
            name,
            "role",
            "viewer",
            "all",
            "true",
            "_password",
            PortalClient.PASSWORD);
    assertThat(page.text()).contains("A password for " + name);
  }

  @Test
  void onlyAdministratorsOfAllTenantsSeeThePage() {
    for (Role role : new Role[] {Role.VIEWER, Role.OPERATOR, Role.AUDITOR}) {
      assertThat(PortalClient.signedIn(gateway, role).get("/admin/access").status()).isEqualTo(403);
    }
    PortalClient limited = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(limited.get("/admin/access").status()).isEqualTo(403);
    assertThat(limited.get("/admin").html()).doesNotContain("href=\"/admin/access\"");
  }
}
