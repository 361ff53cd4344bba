package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Crowd;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Parked;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.ScimClient;
import io.gatehouse.tenant.BearerToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does in a real browser. */
class PortalBrowserTest {

  private static final String LEAVE =
      "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}";
  private static final int CROWD = 3_000;

  private static Gateway gateway;
  private static Browser browser;

  private final String tenant = gateway.tenant();
  private final String pages = "/admin/tenants/" + tenant;

  @BeforeAll
  static void open() {
    gateway = Gateway.shared();
    browser = Browser.open(gateway);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void noErrorWasReported() {
    try {
      assertThat(browser.errors()).isEmpty();
    } finally {
      browser.clear();
    }
  }

  private static UUID user(ScimClient idp, String userName) {
    ObjectNode user = ScimClient.user(userName).put("displayName", "Ada Lovelace");
    return idp.create(user).id();
  }

  @Test
  void keysOpenTheirListAndAPage() {
    browser.as(Role.ADMIN, tenant);
    browser.go(pages);
    browser.keys("?");
    assertThat(browser.find("#keys").isDisplayed()).isTrue();
    browser.find("#keys button").click();
    browser.keys("gl");
    browser.awaitText("No user has left.");
    browser.keys("/");
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("search");
  }

  @Test
  void theWizardTurnsGreenWithTheFirstCall() {
    browser.as(Role.ADMIN, tenant);
    browser.go(pages + "/connections/new");
    browser.type("name", "Acme Entra");
    browser.press("Create the connection");
    browser.awaitText("/scim/v2");
    assertThat(browser.text().toLowerCase()).contains("waiting for the first call");
    String token = browser.find("#token").getText();
    assertThat(gateway.call("GET", "/scim/v2/Users?count=1", token, null).status()).isEqualTo(200);
    browser.awaitText("The identity provider has called. GET Users");
  }

  @Test
  void aUserIsFoundAmongThousandsWhileTypingAndTheTimelineIsRead() {
    ScimClient idp = gateway.connection(tenant, "entra");
    Crowd.of(idp, CROWD);
    UUID ada = user(idp, "ada@example.com");
    idp.patch(ada, LEAVE);
    browser.as(Role.VIEWER, tenant);
    browser.go(pages + "/users");
    browser.type("q", "crowd-2345@");
    browser.awaitText("crowd-2345@example.com");
    browser.awaitNoText("crowd-0@example.com");
    browser.type("q", "ada@");
    browser.awaitText("ada@example.com");
    browser.awaitNoText("crowd-2345@example.com");
    browser.press("Ada Lovelace");
    browser.awaitText("user.modify");
    assertThat(browser.text()).contains("deactivated").contains("user.create");
    for (String step : List.of("Request", "Command", "Difference", "Event", "Deliveries")) {
      browser.unfold("#timeline .timeline > li", step);
    }
    assertThat(browser.text())
        .contains("idp:entra", "applied", "gatehouse.user.deactivated.v1", "active");
    assertThat(browser.find("#timeline del").getText()).isEqualTo("true");
  }

  @Test
  void aWaveIsRestored() {
    ScimClient idp = gateway.connection(tenant, "okta");
    List<UUID> users = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      users.add(user(idp, "leaver" + i + "@example.com"));
      idp.patch(users.get(i), "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    }
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/leavers");
    browser.press("Restore wave");
    browser.accept();
    browser.awaitText("active again");
    for (UUID user : users) {
      assertThat(gateway.admin("GET", "/users/" + user, null).json().path("state").asText())
          .isEqualTo("active");
    }
  }

  @Test
  void aConflictIsDecided() {
    ScimClient left = gateway.connection(tenant, "entra");
    UUID ada = user(left, "ada@example.com");
    gateway.admin("DELETE", "/connections/" + left.connection(), null);
    await().until(() -> !gateway.admin("GET", "/users/" + ada, null).json().has("connection"));
    ScimClient idp = gateway.connection(tenant, "okta");
    ObjectNode off = Json.object();
    off.putObject("settings").put("linking", "off");
    gateway.admin("PATCH", "/connections/" + idp.connection(), off);
    ObjectNode sent = ScimClient.user("ada@example.com");
    assertThat(idp.create(sent).status()).isEqualTo(409);
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/conflicts");
    assertThat(browser.text()).contains("What the identity provider sent", "Ada Lovelace");
    browser.press("It is this user");
    browser.awaitText("takes effect when the IdP sends the user again");
    assertThat(idp.create(sent).id()).isEqualTo(ada);
  }

  @Test
  void aParkedCommandIsPreviewedAndReplayed() {
    Parked parked = Parked.by(gateway.connection(tenant, "okta"));
    parked.allow();
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/problems");
    browser.press("Preview and decide");
    browser.awaitText("What a replay would do now");
    assertThat(browser.text()).contains("gatehouse.user.deactivated.v1");
    assertThat(parked.idp().get(parked.user()).status()).as("nothing is done").isEqualTo(200);
    browser.press("Replay");
    browser.awaitText("were sent again");
    await().until(() -> parked.idp().get(parked.user()).status() == 404);
  }

  @Test
  void aRequestIsExplained() {
    gateway.connection(tenant, "entra");
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/explain");
    browser.type("path", "Users");
    browser.type(
        "body",
        Json.text(ScimClient.user("ada@example.com").put("active", "True").put("title", "Dr")));
    browser.press("Explain");
    browser.awaitText("gatehouse.user.created.v1");
    assertThat(gateway.admin("GET", "/users?tenant=" + tenant, null).json().path("users"))
        .isEmpty();
  }

  @Test
  void aTokenIsRotatedWithThePasswordAndTheOldOneWorksUntilItIsRevoked() {
    ScimClient idp = gateway.connection(tenant, "entra");
    browser.as(browser.administrator(Role.ADMIN, tenant), false);
    browser.go(pages + "/connections/" + idp.connection());
    browser.press("Make another token");
    browser.awaitText("Confirm with your password");
    browser.type("_password", PortalClient.PASSWORD);
    browser.press("Confirm");
    browser.awaitText("It is shown only this once.");
    String fresh = browser.find("#token").getText();
    assertThat(status(fresh)).isEqualTo(200);
    assertThat(status(idp.token())).as("until it is revoked").isEqualTo(200);
    browser.press("Back to the connection");
    String old = new BearerToken(idp.token()).prefix();
    browser.find("button[aria-label='Revoke " + old + "']").click();
    browser.accept();
    browser.awaitText("The token was revoked.");
    assertThat(status(idp.token())).isEqualTo(401);
    assertThat(status(fresh)).isEqualTo(200);
  }

  private static int status(String token) {
    return gateway.call("GET", "/scim/v2/Users?count=1", token, null).status();
  }

  @Test
  void usersAreEnrolled() {
    UUID ada = user(gateway.connection(tenant, "entra"), "ada@example.com");
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/enrolment");
    browser.find("input[name='user']").click();
    browser.press("Enrol the selected users");
    browser.awaitText("1 user was enrolled, 0 not.");
    assertThat(gateway.admin("GET", "/users/" + ada, null).json().path("enrolled").asBoolean())
        .isTrue();
  }

  @Test
  void aFileIsImportedAndTheProgressIsShown(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("users.csv"), "userName\nada@example.com\n");
    browser.as(Role.OPERATOR, tenant);
    browser.go(pages + "/import");
    browser.find("input[type='file']").sendKeys(file.toString());
    browser.press("Check the file");
    browser.awaitText("Import 1 user");
    try (Connection slow = gateway.bean(DataSource.class).getConnection();
        Statement lock = slow.createStatement()) {
      lockUsers(slow, lock);
      browser.press("Import 1 user");
      browser.awaitText("The users are being imported");
      assertThat(browser.find("main progress").isDisplayed()).isTrue();
      slow.rollback();
    }
    browser.awaitText("The users were imported.");
    assertThat(gateway.admin("GET", "/users?tenant=" + tenant, null).json().path("users"))
        .hasSize(1);
  }

  /** Users can be read, and not changed, until the transaction ends. */
  private static void lockUsers(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("lock table person in share row exclusive mode");
  }

  @Test
  void activityIsLiveAndWaitsWhileItIsPaused() {
    ScimClient idp = gateway.connection(tenant, "entra");
    browser.as(Role.VIEWER, tenant);
    browser.go(pages + "/activity");
    user(idp, "ada@example.com");
    browser.awaitText("user.create");
    browser.press("Pause");
    int shown = browser.all("#activity > li").size();
    user(idp, "grace@example.com");
    browser.awaitText("Paused, 1 new");
    assertThat(browser.all("#activity > li")).hasSize(shown);
    browser.press("Go on");
    assertThat(browser.all("#activity > li")).hasSize(shown + 1);
  }
}
