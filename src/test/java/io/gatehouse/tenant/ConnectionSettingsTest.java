package io.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.LiveInstances;
import io.gatehouse.scim.Json;
import io.gatehouse.support.EntraAuthority;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator sets on a connection, and what comes of it. */
class ConnectionSettingsTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void mergesAndTakesBackSettings() {
    ScimClient idp = gateway.connection("entra");

    Answer both = change(idp, "{\"membersReplace\":\"exact\",\"rateLimit\":500}");
    Answer one = change(idp, "{\"rateLimit\":null}");

    assertThat(both.status()).isEqualTo(200);
    assertThat(both.json().path("settings"))
        .isEqualTo(Json.stored("{\"membersReplace\":\"exact\",\"rateLimit\":500}"));
    assertThat(one.json().path("settings"))
        .isEqualTo(Json.stored("{\"membersReplace\":\"exact\"}"));
    assertThat(gateway.admin("GET", path(idp), Json.object()).json()).isEqualTo(one.json());
  }

  @Test
  void keepsTheSettingsThatAConnectionBeginsWith() {
    ObjectNode wanted = Json.object().put("tenant", gateway.tenant()).put("idp", "okta");
    wanted.putObject("settings").put("rateLimit", 50).putNull("membersReplace");

    String id = gateway.admin("POST", "/connections", wanted).json().path("id").asText();

    assertThat(gateway.admin("GET", "/connections/" + id, Json.object()).json().path("settings"))
        .isEqualTo(Json.stored("{\"rateLimit\":50}"));
  }

  @Test
  void refusesAnAccessToAnApiThatLacksSomething() {
    String token = "{\"api\":{\"token\":\"00secret\"}}";
    String client = "{\"api\":{\"clientId\":\"id\",\"clientSecret\":\"secret\"}}";

    assertThat(detail("okta", token)).contains("[url]");
    assertThat(detail("entra", client)).contains("[tenant, clientId]");
    assertThat(detail("onelogin", client)).contains("[url, clientId]");
    assertThat(detail("standard", client)).contains("entra, okta, onelogin");
  }

  private String detail(String idp, String settings) {
    Answer answer = change(gateway.connection(idp), settings);
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().path("detail").asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"membersReplace\":\"sometimes\"}",
        "{\"membersReplace\":true}",
        "{\"rateLimit\":0}",
        "{\"rateLimit\":-1}",
        "{\"rateLimit\":1.5}",
        "{\"rateLimit\":\"10\"}",
        "{\"rateLimit\":100001}",
        "{\"rateLimits\":10}",
        "{\"externalIdIsStable\":\"yes\"}",
        "{\"entraLogin\":true}",
        "{\"entraLogin\":{}}",
        "{\"entraLogin\":{\"tenant\":\"acme\"}}",
        "{\"entraLogin\":{\"tenant\":\"1-1-1-1-1\"}}",
        "{\"entraLogin\":{\"audience\":\"8adf8e6e-67b2-4cf2-a259-e3dc5476c621\"}}",
        "{\"entraLogin\":{\"tenant\":\"8adf8e6e-67b2-4cf2-a259-e3dc5476c621\",\"audience\":\"x\"}}",
        "{\"entraLogin\":{\"tenant\":\"8adf8e6e-67b2-4cf2-a259-e3dc5476c621\",\"issuer\":\"x\"}}"
      })
  void refusesWhatIsNoSetting(String settings) {
    ScimClient idp = gateway.connection("entra");
    ObjectNode wanted = Json.object().put("tenant", idp.tenant()).put("idp", "okta");
    wanted.set("settings", Json.stored(settings));

    Answer changed = change(idp, settings);
    Answer made = gateway.admin("POST", "/connections", wanted);

    assertThat(changed.status()).isEqualTo(400);
    assertThat(changed.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(made.status()).isEqualTo(400);
    assertThat(gateway.admin("GET", path(idp), Json.object()).json().path("settings")).isEmpty();
  }

  @Test
  void letsOneConnectionHaveATenantAndAudienceOfEntra() {
    ScimClient idp = gateway.connection("entra");
    String tenant = UUID.randomUUID().toString();
    String login = "{\"entraLogin\":{\"tenant\":\"%s\"}}".formatted(tenant);
    String same =
        "{\"entraLogin\":{\"tenant\":\"%s\",\"audience\":\"%s\"}}"
            .formatted(tenant.toUpperCase(Locale.ROOT), EntraAuthority.NON_GALLERY);
    ObjectNode wanted = Json.object().put("tenant", idp.tenant()).put("idp", "entra");
    wanted.set("settings", Json.stored(same));

    assertThat(change(idp, login).status()).isEqualTo(200);
    assertThat(change(idp, same).status()).as("it is its own").isEqualTo(200);
    assertThat(change(gateway.connection("entra"), login).status()).isEqualTo(409);
    assertThat(gateway.admin("POST", "/connections", wanted).status()).isEqualTo(409);
    assertThat(change(idp, "{\"entraLogin\":null}").status()).isEqualTo(200);
    assertThat(gateway.admin("POST", "/connections", wanted).status()).isEqualTo(201);
  }

  @Test
  void refusesToChangeWhatIsNotThere() {
    Answer answer =
        gateway.admin("PATCH", "/connections/00000000-0000-4000-8000-000000000000", Json.object());

    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void throttlesAConnectionFromTheMomentOnThatItIsSet() {
    ScimClient idp = gateway.connection("okta");
    assertThat(idp.find("userName eq \"nobody\"").status()).isEqualTo(200);
    // a second gateway of an earlier test has half of the rate until the next heartbeat
    await().until(() -> gateway.bean(LiveInstances.class).count() == 1);

    change(idp, "{\"rateLimit\":1}");
    Answer throttled = exhausted(idp);
    Answer other = gateway.connection("okta").find("userName eq \"nobody\"");
    Answer stranger = gateway.call("GET", "/scim/v2/Users", "no-token", null);
    change(idp, "{\"rateLimit\":null}");

    assertThat(throttled.header("Retry-After")).isEqualTo("1");
    assertThat(throttled.header("Content-Type")).isEqualTo("application/scim+json");
    assertThat(throttled.json().path("status")).isEqualTo(Json.object().textNode("429"));
    assertThat(other.status()).isEqualTo(200);
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(idp.find("userName eq \"nobody\"").status()).isEqualTo(200);
  }

  private static Answer exhausted(ScimClient idp) {
    for (int i = 0; i < 100; i++) {
      Answer answer = idp.find("userName eq \"nobody\"");
      if (answer.status() == 429) {
        return answer;
      }
    }
    throw new AssertionError("never throttled");
  }

  private Answer change(ScimClient idp, String settings) {
    JsonNode body = Json.object().set("settings", Json.stored(settings));
    return gateway.admin("PATCH", path(idp), body);
  }

  private static String path(ScimClient idp) {
    return "/connections/" + idp.connection();
  }
}
