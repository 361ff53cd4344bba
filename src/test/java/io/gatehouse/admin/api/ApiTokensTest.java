package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.crypto.Digests;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.MovableClock;
import io.gatehouse.tenant.BearerToken;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiTokensTest {

  private static final String TOKENS = "/admin/api/v1/access/tokens";

  private final Gateway gateway = Gateway.shared();

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  static ObjectNode wanted(String role, Duration life, String... tenants) {
    ObjectNode wanted =
        Json.object()
            .put("name", "token-" + UUID.randomUUID())
            .put("role", role)
            .put("expiresAt", Instant.now().plus(life).toString());
    for (String tenant : tenants) {
      wanted.withArray("tenants").add(tenant);
    }
    return wanted;
  }

  static Answer made(Gateway gateway, String role, String... tenants) {
    Answer made =
        gateway.admin("POST", "/access/tokens", wanted(role, Duration.ofDays(1), tenants));
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  static String token(Gateway gateway, String role, String... tenants) {
    return made(gateway, role, tenants).json().path("token").asText();
  }

  @Test
  void aTokenIsShownOnceAndOnlyItsHashIsStored() {
    Answer made = made(gateway, "viewer");
    String secret = made.json().path("token").asText();
    assertThat(secret).startsWith("gatehouse_");
    Answer list = gateway.admin("GET", "/access/tokens", null);
    assertThat(list.http().body()).contains(made.id().toString()).doesNotContain(secret);
    assertThat(
            gateway
                .owner()
                .sql("select hash from api_token where id = ?")
                .param(made.id())
                .query(byte[].class)
                .single())
        .isEqualTo(Digests.sha256(secret));
    assertThat(
            gateway
                .owner()
                .sql("select count(*) from api_token t where t::text like ?")
                .param("%" + secret + "%")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aTokenActsUnderItsNameAndRole() {
    String tenant = gateway.tenant();
    Answer made = made(gateway, "admin", tenant);
    String secret = made.json().path("token").asText();
    Answer me = gateway.call("GET", "/admin/api/v1/access/me", secret, null);
    assertThat(me.json().path("role").asText()).isEqualTo("admin");
    assertThat(me.json().path("tenants").path(0).asText()).isEqualTo(tenant);
    String body =
        Json.text(Json.object().put("tenant", tenant).put("name", "x").put("idp", "entra"));
    assertThat(gateway.call("POST", "/admin/api/v1/connections", secret, body).status())
        .isEqualTo(201);
    JsonNode entry =
        gateway.admin("GET", "/audit?tenant=" + tenant, null).json().path("entries").path(0);
    assertThat(entry.path("actor").asText())
        .isEqualTo("admin:token " + made.json().path("name").asText());
  }

  @Test
  void aTokenIsRefusedAfterItsEndAndAfterARevocation() {
    Answer made = made(gateway, "viewer");
    String secret = made.json().path("token").asText();
    assertThat(status(secret)).isEqualTo(200);
    MovableClock.pass(Duration.ofDays(2));
    assertThat(status(secret)).isEqualTo(401);
    MovableClock.set(Duration.ZERO);
    assertThat(status(secret)).isEqualTo(200);
    assertThat(gateway.admin("DELETE", "/access/tokens/" + made.id(), null).status())
        .isEqualTo(204);
    assertThat(status(secret)).isEqualTo(401);
    assertThat(gateway.admin("DELETE", "/access/tokens/" + made.id(), null).status())
        .isEqualTo(404);
    assertThat(gateway.admin("GET", "/audit/gateway?action=api-token.revoke", null).http().body())
        .contains(made.json().path("name").asText());
  }

  private int status(String secret) {
    return gateway.call("GET", "/admin/api/v1/tenants", secret, null).status();
  }

  @Test
  void theTimeOfUseIsNoted() {
    Answer made = made(gateway, "viewer");
    assertThat(listed(made).has("usedAt")).isFalse();
    status(made.json().path("token").asText());
    assertThat(listed(made).has("usedAt")).isTrue();
  }

  private JsonNode listed(Answer made) {
    for (JsonNode it : gateway.admin("GET", "/access/tokens", null).json()) {
      if (it.path("id").asText().equals(made.id().toString())) {
        return it;
      }
    }
    throw new AssertionError("not listed");
  }

  @Test
  void aTokenWithoutTheRoleGets403AndAWrongOne401() {
    Answer answer = gateway.call("POST", TOKENS, token(gateway, "operator"), "{}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("detail").asText()).isEqualTo("This needs the role admin.");
    assertThat(status(BearerToken.generate().secret())).isEqualTo(401);
  }

  @Test
  void aTokenGrantsNoMoreThanItsMakerHas() {
    String mine = gateway.tenant();
    String other = gateway.tenant();
    String maker = token(gateway, "admin", mine);
    assertThat(post(maker, wanted("admin", Duration.ofDays(1))).status()).isEqualTo(403);
    assertThat(post(maker, wanted("viewer", Duration.ofDays(1), other)).status()).isEqualTo(400);
    assertThat(post(maker, wanted("viewer", Duration.ofDays(1), mine, other)).status())
        .isEqualTo(400);
    assertThat(post(maker, wanted("admin", Duration.ofHours(1), mine)).status()).isEqualTo(201);
    Answer whole = made(gateway, "viewer");
    assertThat(gateway.call("GET", TOKENS, maker, null).http().body())
        .doesNotContain(whole.id().toString());
    assertThat(gateway.call("DELETE", TOKENS + "/" + whole.id(), maker, null).status())
        .isEqualTo(404);
  }

  private Answer post(String token, ObjectNode wanted) {
    return gateway.call("POST", TOKENS, token, Json.text(wanted));
  }

  @Test
  void aTokenNeedsANameARoleAndAnEndWithinAYear() {
    assertThat(refusal(wanted("viewer", Duration.ofDays(400)))).contains("at most a year");
    assertThat(refusal(wanted("viewer", Duration.ofDays(-1)))).contains("at most a year");
    assertThat(refusal(wanted("emperor", Duration.ofDays(1)))).contains("'role' must be one of");
    ObjectNode nameless = wanted("viewer", Duration.ofDays(1));
    nameless.remove("name");
    assertThat(refusal(nameless)).contains("'name'");
    ObjectNode nowhere = wanted("viewer", Duration.ofDays(1));
    nowhere.putArray("tenants");
    assertThat(refusal(nowhere)).contains("'tenants'");
  }

  private String refusal(ObjectNode wanted) {
    Answer answer = gateway.admin("POST", "/access/tokens", wanted);
    assertThat(answer.status()).isEqualTo(400);
    return answer.json().path("detail").asText();
  }

  @Test
  void twoLiveTokensHaveDifferentNames() {
    ObjectNode wanted = wanted("viewer", Duration.ofDays(1));
    Answer first = gateway.admin("POST", "/access/tokens", wanted);
    assertThat(gateway.admin("POST", "/access/tokens", wanted).status()).isEqualTo(409);
    gateway.admin("DELETE", "/access/tokens/" + first.id(), null);
    assertThat(gateway.admin("POST", "/access/tokens", wanted).status()).isEqualTo(201);
  }

  @Test
  void metricsNeedATokenForAllTenants() {
    String all = token(gateway, "viewer");
    String some = token(gateway, "admin", gateway.tenant());
    assertThat(gateway.call("GET", "/actuator/prometheus", all, null).status()).isEqualTo(200);
    Answer refused = gateway.call("GET", "/actuator/prometheus", some, null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("detail").asText()).contains("all tenants");
    assertThat(gateway.call("GET", "/actuator/prometheus", null, null).status()).isEqualTo(401);
  }
}
