package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConnectionPagesTest {

  private static final String HOSTILE = "<script>alert(1)</script>";

  private final Gateway gateway = Gateway.shared();
  private final String tenant = gateway.tenant();
  private final String pages = "/admin/tenants/" + tenant + "/connections";

  @Test
  void theWizardLeadsFromTheNameToTheFirstCall() {
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, tenant);
    assertThat(admin.get(pages).text()).contains("No identity provider is connected yet");
    assertThat(admin.get(pages + "/new").text()).contains("Microsoft Entra ID", "Okta");

    Page made = admin.post(pages + "/new", "idp", "entra", "name", HOSTILE);

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.html()).doesNotContain(HOSTILE);
    String id = connection().path("id").asText();
    assertThat(made.text())
        .contains(HOSTILE, "Waiting for the first call", "Attribute mappings")
        .contains("/webhooks/entra/" + id)
        .contains("This is done")
        .doesNotContain("POST /admin/api/v1/connections with");
    assertThat(made.html())
        .contains("hx-trigger=\"every 2s\"")
        .contains("<td><code>" + connection().path("scimUrl").asText() + "</code></td>");
    assertThat(value(made, "webhook-secret")).hasSize(32);
    assertThat(connection().path("status").asText()).isEqualTo("never-called");

    ScimClient idp = new ScimClient(gateway, tenant, id, value(made, "token"));
    assertThat(idp.find("userName eq \"nobody@example.com\"").status()).isEqualTo(200);

    await().until(() -> connection().path("status").asText().equals("healthy"));
    Page part = admin.get(pages + "/" + id + "/waiting");
    assertThat(part.text()).contains("has called", "GET Users?filter");
    assertThat(part.html()).doesNotContain("every 2s").doesNotContain("nobody");
    assertThat(admin.get(pages).html()).contains("healthy").doesNotContain(value(made, "token"));
  }

  @Test
  void aFormThatIsWrongIsShownAgain() {
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, tenant);
    admin.get(pages + "/new");

    Page again = admin.post(pages + "/new", "idp", "nothing", "name", "Acme");

    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("'idp' must be one of");
    assertThat(admin.post(pages + "/new", "idp", "okta", "name", "Acme").status()).isEqualTo(200);
    Page twice = admin.post(pages + "/new", "idp", "okta", "name", " Acme ");
    assertThat(twice.text()).contains("There is a connection of this name already");
    assertThat(gateway.admin("GET", "/connections?tenant=" + tenant, null).json()).hasSize(1);
    assertThat(again.html()).contains("value=\"Acme\"");
  }

  @Test
  void aRefusedCallIsShownWithWhatToDo() {
    ScimClient idp = gateway.connection(tenant, "okta");
    idp.create(user("ada@example.com"));
    idp.create(user("ada@example.com").put("externalId", "other"));
    await().until(() -> connection().path("status").asText().equals("failing"));
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, tenant);

    Page page = viewer.get(pages + "/" + idp.connection());

    assertThat(page.text()).contains("failing", "409 POST Users", "The user exists already");
    assertThat(page.text()).doesNotContain("Revoke", "Change the settings");
    assertThat(connection().path("lastError").asText()).isEqualTo("409 POST Users");
  }

  @Test
  void tokensRotateWithThePassword() {
    ScimClient idp = gateway.connection(tenant, "okta");
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, tenant);
    String page = pages + "/" + idp.connection();
    admin.get(page);

    Page made = admin.post(page + "/tokens");

    ScimClient renewed = new ScimClient(gateway, tenant, idp.connection(), value(made, "token"));
    assertThat(renewed.find("userName eq \"x\"").status()).isEqualTo(200);
    JsonNode tokens = connection().path("tokens");
    assertThat(tokens.path(0).has("lastUsedAt")).as("the old one was not used").isFalse();
    assertThat(tokens.path(1).has("lastUsedAt")).isTrue();
    assertThat(admin.get(page).text()).contains("just now", "not yet");
    String old = tokens.path(0).path("id").asText();
    assertThat(admin.post(page + "/tokens/" + old + "/revoke").text()).contains("was revoked");
    assertThat(idp.find("userName eq \"x\"").status() + renewed.find("userName eq \"x\"").status())
        .isEqualTo(401 + 200);
  }

  @Test
  void settingsAreSavedAndSecretsNotShown() {
    ScimClient idp = gateway.connection(tenant, "entra");
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, tenant);
    String form = pages + "/" + idp.connection() + "/settings";
    admin.get(form);

    Page wrong = admin.post(form, "rateLimit", "many", "brake.minimum", "7");
    assertThat(wrong.html()).contains("value=\"many\"", "value=\"7\"");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("rateLimit");

    Page saved =
        admin.post(
            form,
            "linking",
            "off",
            "brake.minimum",
            "5",
            "externalIdIsStable",
            "true",
            "webhookSecret",
            "very secret indeed");

    assertThat(saved.text()).contains("The change was saved").doesNotContain("very secret");
    JsonNode settings = connection().path("settings");
    assertThat(settings.path("linking").asText()).isEqualTo("off");
    assertThat(settings.path("brake").path("minimum").asInt()).isEqualTo(5);
    assertThat(settings.path("externalIdIsStable").asBoolean()).isTrue();
    assertThat(admin.get(form).html()).contains("value=\"5\"").doesNotContain("very secret");
    admin.post(form, "linking", "");
    assertThat(connection().path("settings").has("linking")).isFalse();
    assertThat(connection().path("settings").has("webhookSecret")).isTrue();
  }

  @Test
  void theBrakeShowsWhoWouldLeaveAndIsDecided() {
    ScimClient idp = gateway.connection(tenant, "okta");
    ObjectNode change = Json.object();
    change.putObject("settings").putObject("brake").put("minimum", 0).put("percent", 0);
    gateway.admin("PATCH", "/connections/" + idp.connection(), change);
    UUID ada = idp.create(user("ada@example.com").put("displayName", HOSTILE)).id();
    assertThat(idp.delete(ada).status()).isEqualTo(429);
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    String page = pages + "/" + idp.connection();

    Page shown = operator.get(page);
    assertThat(shown.text()).contains("The brake is on", "ada@example.com", "Decide below");
    assertThat(shown.html()).doesNotContain(HOSTILE);

    assertThat(operator.post(page + "/brake/allow").text()).contains("may leave");
    assertThat(idp.delete(ada).status()).isEqualTo(204);
  }

  @Test
  void aConnectionIsRemovedAfterAQuestion() {
    ScimClient idp = gateway.connection(tenant, "okta");
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, tenant);
    String page = pages + "/" + idp.connection();

    assertThat(admin.get(page + "/remove").text()).contains("Its users stay as they are");
    assertThat(admin.post(page + "/remove").text()).contains("It was removed");

    assertThat(idp.find("userName eq \"x\"").status()).isEqualTo(401);
  }

  @Test
  void othersSeeNothingAndViewersDoNothing() {
    ScimClient idp = gateway.connection(tenant, "okta");
    String page = pages + "/" + idp.connection();
    String elsewhere = gateway.tenant();
    PortalClient other = PortalClient.signedIn(gateway, Role.ADMIN, elsewhere);
    assertThat(other.get(page).status()).isEqualTo(404);
    assertThat(other.get(pages).status()).isEqualTo(404);
    String mixed = "/admin/tenants/" + elsewhere + "/connections/" + idp.connection();
    assertThat(PortalClient.signedIn(gateway, Role.ADMIN).get(mixed).status()).isEqualTo(404);

    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, tenant);
    viewer.get(page);
    assertThat(viewer.post(page + "/tokens").status()).isEqualTo(403);
    assertThat(viewer.post(page + "/remove").status()).isEqualTo(403);
    assertThat(viewer.post(page + "/brake/allow").status()).isEqualTo(403);
    assertThat(viewer.get(pages + "/new").status()).isEqualTo(403);
  }

  private JsonNode connection() {
    for (JsonNode it : gateway.admin("GET", "/connections", null).json()) {
      if (it.path("tenant").asText().equals(tenant)) {
        return it;
      }
    }
    return Json.object();
  }

  private static String value(Page page, String id) {
    Matcher found = Pattern.compile("<code id=\"" + id + "\">([^<]*)</code>").matcher(page.html());
    return found.find() ? found.group(1) : "";
  }
}
