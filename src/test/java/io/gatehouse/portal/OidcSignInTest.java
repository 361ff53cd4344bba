package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.OidcServer;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.Ports;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Spring Authorization Server. */
class OidcSignInTest {

  private static final String START = "/admin/sign-in/oidc";

  /** Sends a form that no page shows. */
  private static final String FORGED =
      """
      const form = document.createElement('form');
      form.method = 'post';
      form.action = arguments[0];
      form.append(document.querySelector('input[name="_csrf"]').cloneNode());
      document.body.append(form);
      form.submit();
      """;

  @TempDir static Path data;
  private static OidcServer server;
  private static Gateway gateway;
  private static Page whileDown;
  private static Page beforeTheFirst;
  private static String firstPassword;

  private final PortalClient client = PortalClient.of(gateway);

  @BeforeAll
  static void start() throws IOException {
    server = new OidcServer(Ports.free());
    String[] tenants = {
      "--gatehouse.oidc.tenants.acme=acme-people",
      "--gatehouse.oidc.tenants.other=other-people",
      "--gatehouse.oidc.all-tenants=everything",
      "--gatehouse.oidc.name=Example"
    };
    gateway =
        Gateway.start(
            MovableClock.class,
            data,
            Stream.concat(Arrays.stream(server.settings()), Arrays.stream(tenants))
                .toArray(String[]::new));
    whileDown = PortalClient.of(gateway).get(START);
    for (String slug : new String[] {"acme", "other"}) {
      gateway.admin("POST", "/tenants", Json.object().put("slug", slug).put("name", slug));
    }
    server.start(gateway);
    server.user("admin", "gate-viewers", "everything");
    PortalClient.of(gateway).get(START);
    beforeTheFirst = PortalClient.of(gateway).get("/admin/sign-in");
    firstPassword = Files.readString(data.resolve("admin-password")).strip();
    server.user("chief", "gate-admins", "everything");
    PortalClient.of(gateway).get(START);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    server.close();
  }

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  private JsonNode account(String name) {
    for (JsonNode it : gateway.admin("GET", "/access/administrators", null).json()) {
      if (it.path("name").asText().equals(name)) {
        return it;
      }
    }
    return Json.object();
  }

  @Test
  void theGatewayStartsWhileTheProviderIsDownAndSaysSo() {
    assertThat(whileDown.status()).isEqualTo(503);
    assertThat(whileDown.text()).contains("The provider cannot be reached now");
  }

  @Test
  void theSignInOffersTheProvider() {
    assertThat(client.get("/admin/sign-in").text()).contains("Sign in with Example");
  }

  @Test
  void aGroupGivesTheRoleAndTheTenants() {
    server.user("ada", "gate-viewers", "gate-operators", "acme-people", "unrelated");
    Page page = client.get(START + "?next=/admin/password");
    assertThat(page.address().getPath()).isEqualTo("/admin/password");
    assertThat(page.text()).contains("Your password is kept and changed there");
    JsonNode account = account("ada");
    assertThat(account.path("role").asText()).isEqualTo("operator");
    assertThat(account.path("signIn").asText()).isEqualTo("oidc");
    assertThat(account.path("tenants")).hasSize(1);
    assertThat(account.path("tenants").path(0).asText()).isEqualTo("acme");
    assertThat(client.get("/admin").text()).contains("acme").doesNotContain("other");
    assertThat(client.post("/admin/tenants", "slug", "x", "name", "x").status()).isEqualTo(403);
    assertThat(server.queries().get(server.queries().size() - 1))
        .contains("code_challenge_method=S256")
        .contains("nonce=")
        .contains("state=");
    assertThat(page.http().headers().map().toString()).doesNotContain("JSESSIONID");
  }

  @Test
  void theGroupsAreRenewedAtEachSignIn() {
    server.user("grace", "gate-admins", "everything");
    client.get(START);
    assertThat(account("grace").path("role").asText()).isEqualTo("admin");
    assertThat(account("grace").has("tenants")).isFalse();
    assertThat(client.get("/admin/access").status()).isEqualTo(200);
    server.user("grace", "gate-viewers", "other-people");
    PortalClient.of(gateway).get(START);
    assertThat(account("grace").path("role").asText()).isEqualTo("viewer");
    assertThat(client.get("/admin/access").status()).isEqualTo(403); // the session of before too
    server.user("grace", "unrelated");
    PortalClient.of(gateway).get(START);
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void withoutAGroupThereIsNoSession() {
    server.user("mallory", "unrelated");
    Page page = client.get(START);
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("none of your groups gives you a role");
    server.user("mallory", "gate-admins"); // but no tenant
    assertThat(client.get(START).status()).isEqualTo(403);
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
    assertThat(account("mallory").has("id")).isFalse();
  }

  @Test
  void aDisabledAccountStaysOut() {
    server.user("disabled", "gate-viewers", "everything");
    client.get(START);
    String id = account("disabled").path("id").asText();
    gateway.admin("PATCH", "/access/administrators/" + id, Json.object().put("disabled", true));
    assertThat(client.get(START).status()).isEqualTo(403);
  }

  @Test
  void aCodeWithoutTheCookieOfItsBrowserIsRefused() throws Exception {
    server.user("eve", "gate-admins", "everything");
    HttpClient first = HttpClient.newHttpClient();
    URI address = location(first, URI.create(gateway.url(START)));
    URI callback = location(first, address);
    assertThat(callback.toString()).contains("code=");
    assertThat(location(HttpClient.newHttpClient(), callback).toString())
        .endsWith("/admin/sign-in?problem=failed");
    assertThat(account("eve").has("id")).isFalse();
  }

  private static URI location(HttpClient http, URI address)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    return address.resolve(answer.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void aSensitiveActNeedsAFreshSignInAtTheProvider() {
    server.user("chief", "gate-admins", "everything");
    client.get(START);
    client.get("/admin/access");
    String[] form = {"name", "made-by-chief", "role", "viewer", "all", "true"};
    Page page = client.post("/admin/access/administrators", form);
    assertThat(page.text()).contains("Sign in again to confirm");
    assertThat(account("made-by-chief").has("id")).isFalse();

    server.user("chief", Instant.now().minusSeconds(3600), "gate-admins", "everything");
    client.get(START + "?again=1&next=/admin/access"); // it was not asked for the credentials
    assertThat(client.post("/admin/access/administrators", form).text())
        .contains("Sign in again to confirm");

    server.user("chief", Instant.now(), "gate-admins", "everything");
    page = client.get(START + "?again=1&next=/admin/access");
    assertThat(page.address().getPath()).isEqualTo("/admin/access");
    assertThat(server.queries().get(server.queries().size() - 1))
        .contains("prompt=login")
        .contains("max_age=0");
    assertThat(client.post("/admin/access/administrators", form).text())
        .contains("A password for made-by-chief");
    MovableClock.pass(Duration.ofMinutes(6));
    assertThat(client.post("/admin/access/administrators", form).text())
        .contains("Sign in again to confirm");
  }

  @Test
  void aProviderThatDoesNotSayWhenItAskedIsNotBelieved() {
    server.userWithoutTime("timeless", "gate-admins", "everything");
    client.get(START);
    Page page = client.get(START + "?again=1&next=/admin/access");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("auth_time");
    client.get("/admin/access");
    assertThat(
            client
                .post(
                    "/admin/access/administrators",
                    "name",
                    "made-by-timeless",
                    "role",
                    "viewer",
                    "all",
                    "true")
                .text())
        .contains("Sign in again to confirm");
    assertThat(account("made-by-timeless").has("id")).isFalse();
  }

  @Test
  void aTimeInTheFutureIsNoProof() {
    server.user("hasty", Instant.now().plusSeconds(3600), "gate-admins", "everything");
    client.get(START + "?again=1&next=/admin/access");
    client.get("/admin/access");
    assertThat(client.post("/admin/access/administrators", "name", "x").text())
        .contains("Sign in again to confirm");
  }

  @Test
  void aNameThatIsTakenOrReservedGetsASuffixAndNoOtherAccount() {
    String local = PortalClient.administrator(gateway, io.gatehouse.access.Role.ADMIN);
    for (String name : new String[] {"Admin", local.toUpperCase(java.util.Locale.ROOT)}) {
      PortalClient browser = PortalClient.of(gateway);
      server.user(name, "gate-viewers", "everything");
      assertThat(browser.get(START).text()).contains(name + "-");
      assertThat(account(name).has("id")).isFalse();
      assertThat(browser.get("/admin/access").status()).isEqualTo(403);
    }
    assertThat(account(local).path("role").asText()).isEqualTo("admin");
  }

  @Test
  void theFirstPasswordIsRefusedOnceAnAdministratorCameByTheProvider() {
    assertThat(beforeTheFirst.text()).contains("This is the first sign-in");
    assertThat(PortalClient.of(gateway).signIn("admin", firstPassword).status()).isEqualTo(401);
    assertThat(client.get("/admin/sign-in").text()).doesNotContain("first sign-in");
  }

  @Test
  void aViewerSignsInInABrowserSeesNoActAndMayNotAct() {
    Browser.require();
    ScimClient idp = gateway.connection("acme", "entra");
    UUID ada = idp.create(ScimClient.user("ada@example.com")).id();
    server.userWhoSignsIn("vera", "gate-viewers", "acme-people");
    try (Browser browser = Browser.open(gateway)) {
      browser.go("/admin/sign-in");
      assertThat(browser.faults("sign-in-with-provider")).isEmpty();
      browser.press("Sign in with Example");
      browser.fill("username", "vera");
      browser.fill("password", OidcServer.PASSWORD);
      browser.find("button[type='submit']").click();
      browser.awaitText("Overview");
      assertThat(browser.errors()).isEmpty();
      String user = "/admin/tenants/acme/users/" + ada;
      for (String page :
          List.of("connections", "connections/" + idp.connection(), "leavers", "enrolment")) {
        browser.go("/admin/tenants/acme/" + page);
        assertThat(browser.all("main form[method='post'] button")).as(page).isEmpty();
      }
      browser.go(user);
      assertThat(browser.text()).contains("ada@example.com");
      assertThat(browser.all("main form[method='post'], main button")).isEmpty();
      assertThat(browser.errors()).isEmpty();
      browser.script(FORGED, user + "/hold");
      browser.awaitText("This needs the role operator");
      assertThat(browser.status()).isEqualTo(403);
      assertThat(browser.errors())
          .allMatch(it -> it.contains("the server responded with a status of 403"));
      assertThat(gateway.admin("GET", "/users/" + ada, null).json().has("heldAt")).isFalse();

      browser.clear();
      server.user("chief", "gate-admins", "everything");
      browser.go(START);
      browser.go("/admin/tenants/acme/connections/" + idp.connection());
      browser.press("Make another token");
      browser.awaitText("Sign in again to confirm");
      assertThat(browser.faults("sign-in-again")).isEmpty();
      assertThat(browser.errors()).isEmpty();
    }
  }
}
