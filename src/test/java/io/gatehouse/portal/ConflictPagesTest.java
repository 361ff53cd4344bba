package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A new user beside the users who may be the same person. */
class ConflictPagesTest {

  private static final String HOSTILE = "<script>alert(1)</script>";

  private final Gateway gateway = Gateway.shared();
  private final String tenant = gateway.tenant();
  private final ScimClient idp = gateway.connection(tenant, "entra");
  private final String page = "/admin/tenants/" + tenant + "/conflicts";

  @Test
  void bothSidesAreShownAttributeByAttribute() {
    ScimClient other = gateway.connection(tenant, "okta");
    other.create(user("ada@example.com").put("title", "Analyst").put("displayName", "Ada"));
    ObjectNode sent = user("ada@example.com").put("title", HOSTILE).put("displayName", "Eva");
    assertThat(idp.create(sent).status()).isEqualTo(409);

    JsonNode conflict = conflict();
    assertThat(conflict.path("sent").path("title").asText()).isEqualTo(HOSTILE);
    assertThat(conflict.path("sent").has("password")).isFalse();
    Page shown = PortalClient.signedIn(gateway, Role.VIEWER, tenant).get(page);
    assertThat(shown.text()).contains("Analyst", HOSTILE, "Ada", "Eva", "not provisioned");
    assertThat(shown.html()).doesNotContain(HOSTILE).contains("<strong>Analyst</strong>");
  }

  @Test
  void aLongValueIsCutWhereATextMayEnd() {
    ScimClient other = gateway.connection(tenant, "okta");
    other.create(user("ada@example.com"));
    String title = "x".repeat(199) + "😀".repeat(50);

    assertThat(idp.create(user("ada@example.com").put("title", title)).status()).isEqualTo(409);

    assertThat(conflict().path("sent").path("title").asText()).hasSize(200).endsWith("x…");
  }

  @Test
  void aUserWhoWasCreatedIsShownAndNotStoredAgain() {
    UUID ada = idp.create(user("ada@example.com").put("externalId", "7")).id();
    idp.delete(ada);
    UUID eva =
        idp.create(user("eva@example.com").put("externalId", "7").put("title", "Writer")).id();

    JsonNode conflict = conflict();

    assertThat(conflict.path("newcomer").asText()).isEqualTo(eva.toString());
    assertThat(conflict.has("sent")).isFalse();
    assertThat(PortalClient.signedIn(gateway, Role.VIEWER, tenant).get(page).text())
        .contains("The new user", "Writer");
  }

  @Test
  void aDecisionIsNotOverwrittenByOneThatDidNotKnowIt() {
    UUID byName = unmanaged("ada@example.com", "a@example.com");
    UUID byMail = unmanaged("old-ada", "ada@example.com");
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
    String conflict = "/conflicts/" + conflict().path("id").asText();
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    operator.get(page);

    assertThat(choose(conflict, byName, null)).isEqualTo(204);
    assertThat(choose(conflict, byName, null)).as("the same again").isEqualTo(204);
    Page late =
        operator.post("/admin/tenants/" + tenant + conflict + "/choose", "user", byMail.toString());

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text()).contains("decided meanwhile");
    assertThat(conflict().path("chosen").asText()).isEqualTo(byName.toString());
    assertThat(choose(conflict, byMail, byName)).isEqualTo(204);
    assertThat(choose(conflict, UUID.randomUUID(), byMail)).isEqualTo(400);
    JsonNode audit =
        gateway
            .admin("GET", "/audit?tenant=" + tenant + "&action=conflict.choose", null)
            .json()
            .path("entries");
    assertThat(audit.path(0).path("about").path("user").asText()).isEqualTo(byMail.toString());
    assertThat(idp.create(user("ada@example.com")).status())
        .as("the userName belongs to the other user")
        .isEqualTo(409);
  }

  @Test
  void anErasureEndsTheConflict() {
    UUID byName = unmanaged("ada@example.com", "a@example.com");
    UUID byMail = unmanaged("old-ada", "ada@example.com");
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
    String conflict = "/conflicts/" + conflict().path("id").asText();
    gateway.admin("DELETE", "/users/" + byName, null);
    assertThat(gateway.admin("POST", "/users/" + byName + "/erase", null).status())
        .isBetween(200, 204);

    assertThat(choose(conflict, byMail, null)).isEqualTo(404);
  }

  private int choose(String conflict, UUID user, UUID instead) {
    ObjectNode choice = Json.object().put("user", user.toString());
    if (instead != null) {
      choice.put("instead", instead.toString());
    }
    return gateway.admin("PUT", conflict + "/choice", choice).status();
  }

  private UUID unmanaged(String userName, String email) {
    ObjectNode user = user(userName).put("tenant", tenant);
    ((ObjectNode) user.path("emails").path(0)).put("value", email);
    return gateway.admin("POST", "/users", user).id();
  }

  private JsonNode conflict() {
    return gateway.admin("GET", "/conflicts?tenant=" + tenant, null).json().path(0);
  }
}
