package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The admin API: tenants, connections and tokens. */
class AdminApiTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void isClosedWithoutTheAdminToken() {
    Answer none = gateway.call("POST", "/admin/api/v1/tenants", null, "{}");
    Answer scim =
        gateway.call("POST", "/admin/api/v1/tenants", gateway.connection("okta").token(), "{}");

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(scim.status()).isEqualTo(401);
    assertThat(gateway.call("GET", "/actuator/prometheus", null, null).status()).isEqualTo(401);
    assertThat(gateway.call("GET", "/anything", null, null).status()).isEqualTo(401);
  }

  @Test
  void refusesWhatItCannotMakeWithAProblem() {
    String slug = gateway.tenant();
    Answer again = gateway.admin("POST", "/tenants", Json.object().put("slug", slug));
    Answer bad = gateway.admin("POST", "/tenants", Json.object().put("slug", "Not OK"));
    Answer unknownIdp =
        gateway.admin("POST", "/connections", Json.object().put("tenant", slug).put("idp", "x"));
    Answer broken = gateway.call("POST", "/admin/api/v1/tenants", Gateway.ADMIN_TOKEN, "{");

    Answer unknownMember =
        gateway.admin(
            "POST",
            "/subscriptions",
            Json.object().put("tenant", slug).put("name", "x").put("colour", "red"));

    assertThat(unknownMember.status()).isEqualTo(400);
    assertThat(again.status()).isEqualTo(409);
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(unknownIdp.json().path("detail").asText()).contains("entra", "okta", "onelogin");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.http().body()).doesNotContain("jackson", "Exception");
  }

  @Test
  void listsTheTenants() {
    String slug = gateway.tenant();

    assertThat(gateway.admin("GET", "/tenants", Json.object()).json())
        .filteredOn(it -> it.path("slug").asText().equals(slug))
        .singleElement()
        .satisfies(it -> assertThat(it.path("name").asText()).isEqualTo(slug))
        .satisfies(it -> assertThat(it.path("settings").isObject()).isTrue())
        .satisfies(it -> assertThat(it.path("id").asText()).hasSize(36));
  }

  @Test
  void rotatesTokensWithTwoAliveAtMost() {
    ScimClient idp = gateway.connection("entra");
    String tokens = "/connections/" + idp.connection() + "/tokens";

    Answer second = gateway.admin("POST", tokens, Json.object());
    Answer third = gateway.admin("POST", tokens, Json.object());
    String first =
        gateway
            .admin("GET", "/connections/" + idp.connection(), Json.object())
            .json()
            .at("/tokens/0/id")
            .asText();

    assertThat(second.status()).isEqualTo(201);
    assertThat(third.status()).isEqualTo(409);
    assertThat(works(second.json().path("token").asText())).isTrue();
    assertThat(works(idp.token())).isTrue();
    assertThat(gateway.admin("DELETE", tokens + "/" + first, Json.object()).status())
        .isEqualTo(204);
    assertThat(works(idp.token())).isFalse();
    assertThat(works(second.json().path("token").asText())).isTrue();
    assertThat(gateway.admin("DELETE", tokens + "/" + first, Json.object()).status())
        .isEqualTo(404);
  }

  private boolean works(String token) {
    return gateway.call("GET", "/scim/v2/Users", token, null).status() == 200;
  }

  @Test
  void storesTokensOnlyAsHashes() {
    ScimClient idp = gateway.connection("entra");

    String rows =
        gateway
            .bean(JdbcClient.class)
            .sql("select string_agg(t::text, ' ') from connection_token t")
            .query(String.class)
            .single();
    assertThat(rows).doesNotContain(idp.token());
  }
}
