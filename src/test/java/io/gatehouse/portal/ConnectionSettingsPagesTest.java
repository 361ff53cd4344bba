package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The settings of a connection, field by field. */
class ConnectionSettingsPagesTest {

  private static final String URL = "https://acme.okta.com";
  private static final String SECRET = "a-token-of-okta";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final String form =
      "/admin/tenants/" + idp.tenant() + "/connections/" + idp.connection() + "/settings";
  private final PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  @Test
  void apiAccessHasFieldsAndItsSecretIsNotShown() {
    admin.get(form);

    Page saved =
        admin.post(form, "api.url", URL, "api.token", SECRET, "api.application", "<b>0oa1</b>");

    assertThat(saved.text()).contains("The change was saved");
    assertThat(api().path("url").asText()).isEqualTo(URL);
    assertThat(api().path("application").asText()).isEqualTo("<b>0oa1</b>");
    Page page = admin.get(form);
    assertThat(page.html())
        .contains("name=\"api.url\" type=\"url\" maxlength=\"2048\" value=\"" + URL + "\"")
        .doesNotContain(SECRET)
        .doesNotContain("<b>0oa1");
  }

  @Test
  void aStoredSecretIsNotSentToAnotherAddress() {
    admin.get(form);
    admin.post(form, "api.url", URL, "api.token", SECRET);

    Page other = admin.post(form, "api.url", "https://other.example.com");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text()).contains("Enter the token");
    Page emptied = admin.post(form, "api.url", "");
    assertThat(emptied.status()).as("it is not ignored").isEqualTo(400);
    assertThat(api().path("url").asText()).isEqualTo(URL);

    admin.post(form, "api.url", URL, "rateLimit", "7");
    assertThat(settings().path("rateLimit").asInt()).isEqualTo(7);
    assertThat(api().path("token").asText()).as("left as it is").isNotEmpty();
    admin.post(form, "api.url", URL, "remove.api", "true");
    assertThat(settings().has("api")).isFalse();
  }

  @Test
  void aWebhookSecretIsRotatedAndRemoved() {
    admin.get(form);
    assertThat(admin.post(form, "oldWebhookSecret", "the old secret").status()).isEqualTo(400);
    Page wrong = admin.post(form, "webhookSecret", "the new secret", "rateLimit", "many");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.html()).doesNotContain("the new secret");

    admin.post(form, "webhookSecret", "the new secret", "oldWebhookSecret", "the old secret");
    assertThat(settings().path("webhookSecret")).hasSize(2);
    admin.post(form, "remove.webhookSecret", "true");
    assertThat(settings().has("webhookSecret")).isFalse();
  }

  @Test
  void whatAnotherAdministratorChangedMeanwhileIsNotUndone() {
    Matcher seen =
        Pattern.compile("name=\"seen\" value=\"([^\"]+)\"").matcher(admin.get(form).html());
    assertThat(seen.find()).isTrue();
    ObjectNode change = Json.object();
    change.putObject("settings").put("rateLimit", 9);
    gateway.admin("PATCH", "/connections/" + idp.connection(), change);

    Page late = admin.post(form, "seen", seen.group(1), "linking", "off");

    assertThat(late.status()).isEqualTo(400);
    assertThat(late.text()).contains("changed meanwhile");
    assertThat(settings().path("rateLimit").asInt()).isEqualTo(9);
    assertThat(settings().has("linking")).isFalse();
  }

  @Test
  void savingAsksForThePasswordAndIsAuditedWithoutValues() {
    admin.get(form);
    MovableClock.pass(Duration.ofMinutes(6));
    Page asked = admin.post(form, "brake", "off");
    assertThat(asked.text()).contains("Confirm with your password");
    assertThat(settings().has("brake")).isFalse();

    admin.post(form, "brake", "off", "_password", PortalClient.PASSWORD);

    assertThat(settings().path("brake").asText()).isEqualTo("off");
    JsonNode entry =
        gateway
            .admin("GET", "/audit?tenant=" + idp.tenant() + "&action=connection.change", null)
            .json()
            .path("entries")
            .path(0);
    assertThat(entry.path("about").path("name").asText()).contains("brake").doesNotContain("off");
  }

  private JsonNode settings() {
    return gateway.admin("GET", "/connections/" + idp.connection(), null).json().path("settings");
  }

  private JsonNode api() {
    return settings().path("api");
  }
}
