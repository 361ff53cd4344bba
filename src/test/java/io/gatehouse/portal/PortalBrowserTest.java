package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.access.Role;
import io.gatehouse.scim.Json;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Browser.Size;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.ScimClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator does in a real browser. */
class PortalBrowserTest {

  private static final String LEAVE =
      "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}";

  private final Gateway gateway = Gateway.shared();
  private final String tenant = gateway.tenant();
  private final String pages = "/admin/tenants/" + tenant;
  private final Browser browser = Browser.open(gateway);

  @AfterEach
  void noErrorWasReported() {
    try {
      assertThat(browser.errors()).isEmpty();
    } finally {
      browser.close();
    }
  }

  private void signIn(Role role) {
    browser.signIn(PortalClient.administrator(gateway, role, tenant), PortalClient.PASSWORD);
    browser.awaitText("Overview");
  }

  private UUID user(ScimClient idp, String userName) {
    ObjectNode user = ScimClient.user(userName).put("displayName", "Ada Lovelace");
    return idp.create(user).id();
  }

  @Test
  void keysOpenTheirListAndAPage() {
    signIn(Role.ADMIN);
    browser.keys("?");
    assertThat(browser.find("#keys").isDisplayed()).isTrue();
  }

  @Test
  void theWizardTurnsGreenWithTheFirstCall() {
    signIn(Role.ADMIN);
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
  void aUserIsFoundWhileTypingAndTheTimelineIsRead() {
    ScimClient idp = gateway.connection(tenant, "entra");
    UUID ada = user(idp, "ada@example.com");
    user(idp, "grace@example.com");
    idp.patch(ada, LEAVE);
    signIn(Role.VIEWER);
    browser.go(pages + "/users");
    browser.type("q", "ada@");
    browser.awaitText("ada@example.com");
    browser.awaitNoText("grace@example.com");
    browser.press("Ada Lovelace");
    browser.awaitText("user.modify");
    assertThat(browser.text()).contains("deactivated").contains("user.create");
  }

  @Test
  void aWaveIsRestored() {
    ScimClient idp = gateway.connection(tenant, "okta");
    List<UUID> users = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      users.add(user(idp, "leaver" + i + "@example.com"));
      idp.patch(users.get(i), "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    }
    signIn(Role.OPERATOR);
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
  void aRequestIsExplained() {
    gateway.connection(tenant, "entra");
    signIn(Role.OPERATOR);
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
  void aTokenIsMade() {
    ScimClient idp = gateway.connection(tenant, "entra");
    signIn(Role.ADMIN);
    browser.go(pages + "/connections/" + idp.connection());
    browser.press("Make another token");
    browser.awaitText("gatehouse_");
    String token = browser.find("#token").getText();
    assertThat(gateway.call("GET", "/scim/v2/Users", token, null).status()).isEqualTo(200);
  }

  @Test
  void usersAreEnrolled() {
    UUID ada = user(gateway.connection(tenant, "entra"), "ada@example.com");
    signIn(Role.OPERATOR);
    browser.go(pages + "/enrolment");
    browser.find("input[name='user']").click();
    browser.press("Enrol the selected users");
    browser.awaitText("enrolled");
    assertThat(gateway.admin("GET", "/users/" + ada, null).json().path("enrolled").asBoolean())
        .isTrue();
  }

  @Test
  void aFileIsImported(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("users.csv"), "userName\nada@example.com\n");
    signIn(Role.OPERATOR);
    browser.go(pages + "/import");
    browser.find("input[type='file']").sendKeys(file.toString());
    browser.press("Check the file");
    browser.awaitText("Import 1 user");
    browser.press("Import 1 user");
    browser.awaitText("imported");
    assertThat(gateway.admin("GET", "/users?tenant=" + tenant, null).json().path("users"))
        .hasSize(1);
  }

  @Test
  void activityIsLive() {
    ScimClient idp = gateway.connection(tenant, "entra");
    signIn(Role.VIEWER);
    browser.go(pages + "/activity");
    user(idp, "ada@example.com");
    browser.awaitText("user.create");
  }

  @Test
  void pagesFitAndHaveNoBarriers() {
    ScimClient idp = gateway.connection(tenant, "entra");
    UUID ada = user(idp, "ada@example.com");
    UUID left = user(idp, "grace@example.com");
    idp.patch(left, LEAVE);
    UUID group = idp.call("POST", "/Groups", ScimClient.group("Engineers", ada)).id();
    gateway.subscription(tenant, "training");
    signIn(Role.ADMIN);
    for (var page : addresses(idp, ada, group).entrySet()) {
      String name = page.getKey();
      browser.show(Size.DESKTOP, false);
      browser.go(page.getValue());
      look(name);
      browser.show(Size.DESKTOP, true);
      look(name + "-dark");
      browser.show(Size.PHONE, false);
      assertThat(browser.overflows()).as("wider than a phone: " + name).isFalse();
      browser.picture(name + "-phone");
    }
  }

  private void look(String name) {
    browser.picture(name);
    assertThat(browser.barriers()).as(name).isEmpty();
  }

  private Map<String, String> addresses(ScimClient idp, UUID user, UUID group) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("overview", "/admin");
    all.put("tenant", pages);
    all.put("password", "/admin/password");
    for (String page :
        List.of(
            "users",
            "groups",
            "leavers",
            "enrolment",
            "import",
            "connections",
            "connections/new",
            "conflicts",
            "problems",
            "explain",
            "subscribers",
            "activity",
            "audit")) {
      all.put(page.replace('/', '-'), pages + "/" + page);
    }
    all.put("user", pages + "/users/" + user);
    all.put("group", pages + "/groups/" + group);
    all.put("connection", pages + "/connections/" + idp.connection());
    all.put("settings", pages + "/connections/" + idp.connection() + "/settings");
    all.put("queue", pages + "/subscribers/queues/training");
    return all;
  }
}
