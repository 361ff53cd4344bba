package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupPagesTest {

  private final Gateway gateway = Gateway.shared();
  private final String tenant = gateway.tenant();
  private final String connection = connection(tenant);
  private final PortalClient person = PortalClient.of(gateway);

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  private String connection(String tenant) {
    return gateway
        .admin(
            "POST",
            "/connections",
            Json.object().put("tenant", tenant).put("name", "<b>acme</b>").put("idp", "entra"))
        .id()
        .toString();
  }

  private Answer made() {
    Answer made =
        gateway.admin(
            "POST", "/connections/" + connection + "/setup-links", Json.object().put("hours", 24));
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  private static String path(Answer made) {
    return URI.create(made.json().path("url").asText()).getPath();
  }

  @Test
  void showsOneConnectionWithoutSignInAndWithoutCookies() {
    String path = path(made());
    Page page = person.get(path);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("/scim/v2").contains("No call of the identity provider");
    assertThat(page.html()).contains("&lt;b&gt;acme").doesNotContain("<b>acme");
    assertThat(page.http().headers().allValues("Set-Cookie")).isEmpty();
    assertThat(page.http().headers().firstValue("Referrer-Policy").orElse(""))
        .isEqualTo("no-referrer");
    assertThat(page.html()).doesNotContain("_csrf").doesNotContain(tenant);
    assertThat(person.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void rotatesTheTokenWithinTwoSlots() {
    String path = path(made());
    Page page = person.post(path + "/tokens");
    Matcher secret = Pattern.compile("<code id=\"secret\">([^<]+)</code>").matcher(page.html());
    assertThat(secret.find()).isTrue();
    ScimClient idp = new ScimClient(gateway, tenant, connection, secret.group(1));
    assertThat(idp.call("GET", "/Users", null).status()).isEqualTo(200);
    assertThat(person.get(path).text())
        .contains("the connection works")
        .doesNotContain(secret.group(1));
    assertThat(person.post(path + "/tokens").status()).isEqualTo(409);

    JsonNode tokens =
        gateway.admin("GET", "/connections/" + connection, null).json().path("tokens");
    String old =
        secret.group(1).startsWith(tokens.path(0).path("prefix").asText())
            ? tokens.path(1).path("id").asText()
            : tokens.path(0).path("id").asText();
    assertThat(person.post(path + "/tokens/" + old + "/revoke").text()).contains("It was revoked");
    assertThat(idp.call("GET", "/Users", null).status()).isEqualTo(200);
    String last =
        gateway
            .admin("GET", "/connections/" + connection, null)
            .json()
            .path("tokens")
            .path(0)
            .path("id")
            .asText();
    assertThat(person.post(path + "/tokens/" + last + "/revoke").status()).isEqualTo(409);
  }

  @Test
  void whatTheLinkDoesStandsInTheAuditLog() {
    Answer made = made();
    person.get(path(made));
    person.get(path(made));
    person.post(path(made) + "/tokens");
    JsonNode entries = gateway.admin("GET", "/audit?tenant=" + tenant, null).json().path("entries");
    assertThat(
            entries
                .valueStream()
                .map(it -> it.path("actor").asText() + " " + it.path("action").asText()))
        .startsWith(
            "setup-link token.create", "setup-link setup-link.open", "admin setup-link.create");
    assertThat(entries.path(0).path("about").path("name").asText()).isEqualTo(made.id().toString());
  }

  @Test
  void aLinkEndsWithItsTimeItsRevocationAndItsConnection() {
    Answer made = made();
    MovableClock.pass(Duration.ofHours(25));
    assertThat(person.get(path(made)).status()).isEqualTo(404);
    MovableClock.set(Duration.ZERO);
    assertThat(person.get(path(made)).status()).isEqualTo(200);
    String links = "/connections/" + connection + "/setup-links";
    JsonNode listed = gateway.admin("GET", links, null).json().path(0);
    assertThat(listed.path("state").asText()).isEqualTo("live");
    assertThat(listed.has("openedAt")).isTrue();
    assertThat(gateway.admin("DELETE", links + "/" + made.id(), null).status()).isEqualTo(204);
    assertThat(person.get(path(made)).status()).isEqualTo(404);
    assertThat(person.post(path(made) + "/tokens").status()).isEqualTo(404);

    Answer second = made();
    gateway.admin("DELETE", "/connections/" + connection, null);
    assertThat(person.get(path(second)).status()).isEqualTo(404);
  }

  @Test
  void aLinkRevokesNoTokenOfAnotherConnection() {
    String other = connection(tenant);
    String token =
        gateway
            .admin("GET", "/connections/" + other, null)
            .json()
            .path("tokens")
            .path(0)
            .path("id")
            .asText();
    String path = path(made());
    person.post(path + "/tokens");
    assertThat(person.post(path + "/tokens/" + token + "/revoke").status()).isEqualTo(404);
    assertThat(gateway.admin("GET", "/connections/" + other, null).json().path("tokens"))
        .hasSize(1);
  }

  @Test
  void aLinkLastsAWeekAtMost() {
    for (Integer hours : new Integer[] {null, 0, 169}) {
      Answer answer =
          gateway.admin(
              "POST",
              "/connections/" + connection + "/setup-links",
              Json.object().put("hours", hours));
      assertThat(answer.status()).isEqualTo(400);
    }
  }

  @Test
  void wrongLinksAreSlowedDown(@TempDir Path data) {
    try (Gateway strict = Gateway.start(data, "--gatehouse.sign-in.max-failures=3")) {
      PortalClient guesser = PortalClient.of(strict);
      for (int i = 0; i < 3; i++) {
        assertThat(guess(guesser).status()).isEqualTo(404);
      }
      assertThat(guess(guesser).status()).isEqualTo(429);
      assertThat(guesser.get("/admin/setup/" + UUID.randomUUID()).status()).isEqualTo(429);
    }
  }

  private static Page guess(PortalClient guesser) {
    return guesser.get("/admin/setup/" + BearerToken.generate().secret());
  }
}
