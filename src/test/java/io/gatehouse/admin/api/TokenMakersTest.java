package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A token of the API is worth no more than the administrator, or the token, that made it. */
class TokenMakersTest {

  private static final Pattern SECRET = Pattern.compile("<code id=\"secret\">([^<]+)</code>");

  private final Gateway gateway = Gateway.shared();
  private final String maker = PortalClient.administrator(gateway, Role.ADMIN);
  private final PortalClient browser = PortalClient.of(gateway);

  private String tokenOf(String role, String... tenants) {
    if (browser.get("/admin/access").address().getPath().equals("/admin/sign-in")) {
      browser.signIn(maker, PortalClient.PASSWORD);
    }
    browser.get("/admin/access");
    List<String> form =
        new ArrayList<>(List.of("name", "token-" + UUID.randomUUID(), "role", role, "days", "30"));
    Arrays.stream(tenants).forEach(it -> form.addAll(List.of("tenants", it)));
    if (tenants.length == 0) {
      form.addAll(List.of("all", "true"));
    }
    Page page = browser.post("/admin/access/tokens", form.toArray(String[]::new));
    Matcher secret = SECRET.matcher(page.html());
    assertThat(secret.find()).as(page.text()).isTrue();
    return secret.group(1);
  }

  private int status(String token) {
    return gateway.call("GET", "/admin/api/v1/access/me", token, null).status();
  }

  private void change(ObjectNode change) {
    for (var it : gateway.admin("GET", "/access/administrators", null).json()) {
      if (it.path("name").asText().equals(maker)) {
        assertThat(
                gateway
                    .admin("PATCH", "/access/administrators/" + it.path("id").asText(), change)
                    .status())
            .isEqualTo(200);
        return;
      }
    }
    throw new AssertionError("no administrator " + maker);
  }

  private String state(String prefix) {
    for (var it : gateway.admin("GET", "/access/tokens", null).json()) {
      if (prefix.startsWith(it.path("prefix").asText())) {
        return it.path("state").asText();
      }
    }
    throw new AssertionError("no token " + prefix);
  }

  @Test
  void theTokensOfADisabledAdministratorAreRefusedAtOnce() {
    PortalClient.administrator(gateway, Role.ADMIN); // so that the other one is not the last
    String token = tokenOf("viewer");
    assertThat(status(token)).isEqualTo(200);
    change(Json.object().put("disabled", true));
    assertThat(status(token)).isEqualTo(401);
    assertThat(state(token)).isEqualTo("suspended");
    change(Json.object().put("disabled", false));
    assertThat(status(token)).isEqualTo(200);
    assertThat(state(token)).isEqualTo("live");
  }

  @Test
  void aLowerRoleOrFewerTenantsOfTheMakerBoundTheTokens() {
    PortalClient.administrator(gateway, Role.ADMIN);
    String mine = gateway.tenant();
    String other = gateway.tenant();
    String admin = tokenOf("admin");
    String viewer = tokenOf("viewer");
    String ofMine = tokenOf("viewer", mine);
    String ofOther = tokenOf("viewer", other);
    change(Json.object().put("role", "operator"));
    assertThat(List.of(status(admin), status(viewer), status(ofMine)))
        .containsExactly(401, 200, 200);
    ObjectNode limited = Json.object();
    limited.putArray("tenants").add(mine);
    change(limited);
    assertThat(List.of(status(viewer), status(ofMine), status(ofOther)))
        .containsExactly(401, 200, 401);
  }

  @Test
  void aRevokedTokenTakesTheTokensThatItMadeWithIt() {
    Answer first = ApiTokensTest.made(gateway, "admin");
    Answer second = by(first, "admin", Duration.ofHours(1));
    String third = by(second, "viewer", Duration.ofMinutes(30)).json().path("token").asText();
    assertThat(status(third)).isEqualTo(200);
    gateway.admin("DELETE", "/access/tokens/" + first.id(), null);
    assertThat(status(second.json().path("token").asText())).isEqualTo(401);
    assertThat(status(third)).isEqualTo(401);
    assertThat(gateway.admin("GET", "/audit/gateway?action=api-token.revoke", null).http().body())
        .contains(second.json().path("name").asText());
  }

  @Test
  void aTokenMakesNoneThatOutlivesIt() {
    Answer first = ApiTokensTest.made(gateway, "admin");
    Answer refused = by(first, "viewer", Duration.ofDays(30));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("detail").asText())
        .contains("the end of the token that makes it");
  }

  private Answer by(Answer maker, String role, Duration life) {
    return gateway.call(
        "POST",
        "/admin/api/v1/access/tokens",
        maker.json().path("token").asText(),
        Json.text(ApiTokensTest.wanted(role, life)));
  }

  @Test
  void aSetupLinkOfADisabledAdministratorIsRefused() {
    PortalClient.administrator(gateway, Role.ADMIN);
    var idp = gateway.connection("entra");
    String admin = tokenOf("viewer");
    String url =
        gateway
            .admin(
                "POST",
                "/connections/" + idp.connection() + "/setup-links",
                Json.object().put("hours", 24))
            .json()
            .path("url")
            .asText();
    gateway.sql(
        "update setup_link set created_by = ? where connection_id = ?::uuid",
        "admin:" + maker,
        idp.connection());
    Matcher link = Pattern.compile("/admin/setup/[A-Za-z0-9_-]+").matcher(url);
    assertThat(link.find()).isTrue();
    assertThat(PortalClient.of(gateway).get(link.group()).status()).isEqualTo(200);
    change(Json.object().put("disabled", true));
    assertThat(PortalClient.of(gateway).get(link.group()).status()).isNotEqualTo(200);
    assertThat(status(admin)).isEqualTo(401);
  }

  @Test
  void namesOfTokensAreLinesOfTextThatCannotBeMistakenForOthers() {
    for (String name :
        new String[] {
          " reports",
          "reports ",
          "re\nports",
          "re\u202eports",
          "re\u2066ports",
          "re\u200bports",
          "re\u2028ports",
          "\u00a0reports",
          "x".repeat(101),
          "\u0000"
        }) {
      ObjectNode wanted = ApiTokensTest.wanted("viewer", Duration.ofDays(1)).put("name", name);
      Answer refused = gateway.admin("POST", "/access/tokens", wanted);
      assertThat(refused.status()).as(name).isEqualTo(400);
      assertThat(refused.json().path("detail").asText()).as(name).contains("'name' ");
    }
    ObjectNode wanted = ApiTokensTest.wanted("viewer", Duration.ofDays(1));
    wanted.put("name", "Prüfung " + UUID.randomUUID());
    assertThat(gateway.admin("POST", "/access/tokens", wanted).status()).isEqualTo(201);
    wanted.put("name", wanted.path("name").asText().toUpperCase(java.util.Locale.ROOT));
    assertThat(gateway.admin("POST", "/access/tokens", wanted).status()).isEqualTo(409);
  }

  @Test
  void theAuditLogNamesTheTokenOfACall() {
    String tenant = gateway.tenant();
    Answer token = ApiTokensTest.made(gateway, "admin", tenant);
    gateway.call(
        "PATCH",
        "/admin/api/v1/tenants/" + tenant,
        token.json().path("token").asText(),
        "{\"settings\":{}}");
    var entry = gateway.admin("GET", "/audit?tenant=" + tenant, null).json().at("/entries/0");
    assertThat(entry.path("credential").asText())
        .isEqualTo("token " + token.json().path("name").asText() + " " + token.id());

    var idp = gateway.connection(tenant, "standard");
    idp.create(io.gatehouse.support.ScimClient.user("ada"));
    entry = gateway.admin("GET", "/audit?tenant=" + tenant, null).json().at("/entries/0");
    assertThat(entry.path("action").asText()).isEqualTo("user.create");
    assertThat(entry.path("credential").asText())
        .isEqualTo("token " + idp.token().substring(0, 16));
  }
}
