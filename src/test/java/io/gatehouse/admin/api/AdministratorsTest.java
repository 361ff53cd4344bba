package io.gatehouse.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.PortalClient;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdministratorsTest {

  private static final String ADMINISTRATORS = "/access/administrators";

  private final Gateway gateway = Gateway.shared();

  private static ObjectNode wanted(String role, String... tenants) {
    ObjectNode wanted =
        Json.object().put("name", "a" + UUID.randomUUID().toString()).put("role", role);
    for (String tenant : tenants) {
      wanted.withArray("tenants").add(tenant);
    }
    return wanted;
  }

  private static Answer made(Gateway gateway, String role, String... tenants) {
    Answer made = gateway.admin("POST", ADMINISTRATORS, wanted(role, tenants));
    assertThat(made.status()).isEqualTo(201);
    return made;
  }

  private Answer change(Answer made, ObjectNode change) {
    return gateway.admin("PATCH", ADMINISTRATORS + "/" + made.id(), change);
  }

  private static PortalClient signedIn(Gateway gateway, Answer made) {
    PortalClient client = PortalClient.of(gateway);
    String given = made.json().path("password").asText();
    assertThat(client.signIn(made.json().path("name").asText(), given).text())
        .contains("Choose a password");
    assertThat(
            client
                .post(
                    "/admin/password",
                    "current",
                    given,
                    "password",
                    PortalClient.PASSWORD,
                    "again",
                    PortalClient.PASSWORD)
                .text())
        .contains("Overview");
    return client;
  }

  @Test
  void theOneTimePasswordIsShownOnceAndChangedAtTheFirstSignIn() {
    Answer made = made(gateway, "viewer");
    signedIn(gateway, made);
    PortalClient second = PortalClient.of(gateway);
    String name = made.json().path("name").asText();
    assertThat(second.signIn(name, made.json().path("password").asText()).status()).isEqualTo(401);
    assertThat(gateway.admin("GET", ADMINISTRATORS, null).http().body())
        .contains(name)
        .doesNotContain(made.json().path("password").asText());
    assertThat(
            gateway.admin("GET", "/audit/gateway?action=administrator.create", null).http().body())
        .contains(name);
  }

  @Test
  void aNewPasswordEndsTheSessions() {
    Answer made = made(gateway, "viewer");
    PortalClient client = signedIn(gateway, made);
    Answer reset = gateway.admin("POST", ADMINISTRATORS + "/" + made.id() + "/password", null);
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
    signedIn(gateway, reset);
  }

  @Test
  void aChangeOfRoleAndTenantsHoldsForTheOpenSessionsAtOnce() {
    String tenant = gateway.tenant();
    made(gateway, "admin"); // so that the other one is not the last
    Answer made = made(gateway, "admin");
    PortalClient client = signedIn(gateway, made);
    assertThat(client.get("/admin/access").status()).isEqualTo(200);
    ObjectNode change = Json.object().put("role", "viewer");
    change.putArray("tenants").add(tenant);
    Answer changed = change(made, change);
    assertThat(changed.json().path("tenants").path(0).asText()).isEqualTo(tenant);
    assertThat(client.get("/admin/access").status()).isEqualTo(403);
    assertThat(change(made, Json.object().put("allTenants", true)).json().has("tenants")).isFalse();
  }

  @Test
  void aDisabledAdministratorIsSignedOutAndKeptOut() {
    Answer made = made(gateway, "operator");
    PortalClient client = signedIn(gateway, made);
    assertThat(change(made, Json.object().put("disabled", true)).status()).isEqualTo(200);
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
    String name = made.json().path("name").asText();
    assertThat(client.signIn(name, PortalClient.PASSWORD).status()).isEqualTo(401);
    change(made, Json.object().put("disabled", false));
    assertThat(client.signIn(name, PortalClient.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aSessionIsListedAndEnded() {
    Answer made = made(gateway, "viewer");
    PortalClient client = signedIn(gateway, made);
    String name = made.json().path("name").asText();
    String session =
        Stream.of(gateway.admin("GET", "/access/sessions", null).json())
            .flatMap(it -> it.valueStream())
            .filter(it -> it.path("administrator").asText().equals(name))
            .map(it -> it.path("id").asText())
            .findFirst()
            .orElseThrow();
    assertThat(gateway.admin("DELETE", "/access/sessions/" + session, null).status())
        .isEqualTo(204);
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
    assertThat(gateway.admin("DELETE", "/access/sessions/" + session, null).status())
        .isEqualTo(404);
  }

  @Test
  void onlyAnAdministratorOfAllTenantsControlsAdministrators() {
    String limited = ApiTokensTest.token(gateway, "admin", gateway.tenant());
    String id = made(gateway, "viewer").id().toString();
    String path = "/admin/api/v1/access/";
    assertThat(gateway.call("GET", path + "administrators", limited, null).status()).isEqualTo(403);
    assertThat(gateway.call("POST", path + "administrators", limited, "{}").status())
        .isEqualTo(403);
    assertThat(gateway.call("PATCH", path + "administrators/" + id, limited, "{}").status())
        .isEqualTo(403);
    assertThat(
            gateway
                .call("POST", path + "administrators/" + id + "/password", limited, null)
                .status())
        .isEqualTo(403);
    assertThat(gateway.call("GET", path + "sessions", limited, null).status()).isEqualTo(403);
    assertThat(gateway.call("DELETE", path + "sessions/" + id, limited, null).status())
        .isEqualTo(403);
  }

  @Test
  void namesAreUniqueWithoutRegardToCaseAndHaveNoSpaces() {
    ObjectNode wanted = wanted("viewer");
    assertThat(gateway.admin("POST", ADMINISTRATORS, wanted).status()).isEqualTo(201);
    wanted.put("name", wanted.path("name").asText().toUpperCase());
    assertThat(gateway.admin("POST", ADMINISTRATORS, wanted).status()).isEqualTo(409);
    for (String name : new String[] {"token reports", "", "-x", "<script>", "a\nb"}) {
      assertThat(gateway.admin("POST", ADMINISTRATORS, wanted("viewer").put("name", name)).status())
          .as(name)
          .isEqualTo(400);
    }
  }
}
