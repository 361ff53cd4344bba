package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Parked;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Conflicts, parked commands, refused requests and explanations. */
class ProblemPagesTest {

  private static final String HOSTILE = "<script>alert(1)</script>";

  private final Gateway gateway = Gateway.shared();
  private final String tenant = gateway.tenant();
  private final String pages = "/admin/tenants/" + tenant;
  private final ScimClient idp = gateway.connection(tenant, "okta");

  @Test
  void aConflictIsShownSideBySideAndDecided() {
    ScimClient first = gateway.connection(tenant, "entra");
    UUID ada = first.create(user("ada@example.com").put("displayName", HOSTILE)).id();
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);

    Page page = operator.get(pages + "/conflicts");

    assertThat(page.html()).doesNotContain(HOSTILE);
    assertThat(page.text()).contains("What the identity provider sent", "ada@example.com", HOSTILE);
    assertThat(page.text()).contains("Another connection controls this user");
    assertThat(page.text()).doesNotContain("It is this user");
    String conflict = conflict();
    Page refused =
        operator.post(pages + "/conflicts/" + conflict + "/choose", "user", ada.toString());
    assertThat(refused.status()).as("another connection controls the candidate").isEqualTo(400);
    operator.get(pages + "/conflicts");
    assertThat(operator.post(pages + "/conflicts/" + conflict + "/dismiss").text())
        .contains("was dismissed", "No conflict waits");
  }

  @Test
  void aConflictIsChosen() {
    ObjectNode off = Json.object();
    off.putObject("settings").put("linking", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);
    ScimClient left = gateway.connection(tenant, "entra");
    UUID ada = left.create(user("ada@example.com")).id();
    gateway.admin("DELETE", "/connections/" + left.connection(), null);
    await()
        .until(
            () ->
                gateway
                    .admin("GET", "/users/" + ada, null)
                    .json()
                    .path("connection")
                    .isMissingNode());
    assertThat(idp.create(user("ada@example.com")).status()).isEqualTo(409);
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    operator.get(pages + "/conflicts");

    Page page =
        operator.post(pages + "/conflicts/" + conflict() + "/choose", "user", ada.toString());

    assertThat(page.text()).contains("takes effect when the IdP sends the user again", "chosen");
    assertThat(idp.create(user("ada@example.com")).id()).isEqualTo(ada);
  }

  private String conflict() {
    return gateway
        .admin("GET", "/conflicts?tenant=" + tenant, null)
        .json()
        .path(0)
        .path("id")
        .asText();
  }

  @Test
  void aParkedCommandIsPreviewedAndDiscardedWithAReason() {
    Parked parked = Parked.by(idp);
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    assertThat(operator.get(pages + "/problems").text())
        .contains("The brake has stopped them", "ada@example.com");
    String key = parked.key();
    parked.allow();

    Page preview = operator.get(pages + "/problems/" + key);
    assertThat(preview.text())
        .contains("What a replay would do now", "Deactivated", "gatehouse.user.deactivated.v1");
    assertThat(idp.get(parked.user()).status()).as("nothing is done").isEqualTo(200);
    assertThat(Parked.key(idp)).as("it is parked still").isEqualTo(key);

    String address = pages + "/problems/" + key + "/discard";
    Page done = operator.post(address, "reason", "by mistake");

    assertThat(done.text()).contains("were discarded", "Nothing is parked");
    assertThat(
            gateway
                .owner()
                .sql(
                    """
                    select d.detail ->> 'reason' from audit_entry e join audit_detail d on d.audit_id = e.id
                     where e.action = 'parked.discard' and e.connection_id = ?
                    """)
                .param(UUID.fromString(idp.connection()))
                .query(String.class)
                .list())
        .containsExactly("by mistake");
  }

  @Test
  void aParkedCommandIsReplayed() {
    Parked parked = Parked.by(idp);
    parked.allow();
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    operator.get(pages + "/problems/" + parked.key());
    String address = pages + "/problems/" + parked.key() + "/replay";

    assertThat(operator.post(address).text()).contains("were sent again");

    await().until(() -> idp.get(parked.user()).status() == 404);
  }

  @Test
  void refusalsAreGroupedWithoutNames() {
    for (int i = 0; i < 3; i++) {
      idp.patch(UUID.randomUUID(), "{\"op\": \"replace\", \"path\": \"title\", \"value\": \"x\"}");
    }

    JsonNode found = gateway.admin("GET", "/refusals?tenant=" + tenant, null).json();

    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("count").asInt()).isEqualTo(3);
    assertThat(found.path(0).path("reason").asText()).isEqualTo("There is no user ….");
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, tenant);
    assertThat(viewer.get(pages + "/problems").text())
        .contains("user.modify", "404")
        .doesNotContain("Explain user.modify");
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    Matcher link =
        Pattern.compile("href=\"([^\"]*/explain\\?[^\"]*)\"")
            .matcher(operator.get(pages + "/problems").html());
    assertThat(link.find()).isTrue();
    assertThat(operator.get(link.group(1).replace("&amp;", "&")).html())
        .contains("value=\"Users/")
        .contains("<option value=\"PATCH\" selected=\"selected\">")
        .contains("The gateway keeps no bodies");
  }

  @Test
  void aRequestIsExplained() {
    PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, tenant);
    operator.get(pages + "/explain");
    ObjectNode sent = user("ada@example.com").put("displayName", HOSTILE);
    sent.put("title", "");

    Page page =
        operator.post(
            pages + "/explain",
            "connection",
            idp.connection(),
            "method",
            "POST",
            "path",
            "Users",
            "body",
            Json.text(sent));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).doesNotContain(HOSTILE);
    assertThat(page.text())
        .contains("blanks-as-unassigned", "User create", "Created", "gatehouse.user.created.v1");
    assertThat(idp.find("userName eq \"ada@example.com\"").json().path("totalResults").asInt())
        .isZero();
    Page wrong =
        operator.post(
            pages + "/explain",
            "connection",
            idp.connection(),
            "method",
            "POST",
            "path",
            "Users",
            "body",
            "{\"userName\": ");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("not well-formed JSON", "{\"userName\":");
  }

  @Test
  void othersSeeNothingAndViewersDoNothing() {
    PortalClient other = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, tenant);
    for (String page : new String[] {"/conflicts", "/problems", "/explain"}) {
      assertThat(other.get(pages + page).status()).isEqualTo(404);
    }
    viewer.get(pages + "/problems");
    String any = "/" + UUID.randomUUID();
    assertThat(viewer.get(pages + "/explain").status()).isEqualTo(403);
    assertThat(viewer.post(pages + "/problems" + any + "/discard", "reason", "x").status())
        .isEqualTo(403);
    assertThat(viewer.post(pages + "/conflicts" + any + "/dismiss").status()).isEqualTo(403);
    assertThat(gateway.admin("GET", "/refusals?tenant=nothing", null).status()).isEqualTo(400);
  }
}
