package io.gatehouse.portal;

import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users of a tenant, and one user, as pages. */
class UsersPagesTest {

  private static final String HOSTILE = "<script>alert(1)</script>";

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("entra");
  private final PortalClient operator = PortalClient.signedIn(gateway, Role.OPERATOR, idp.tenant());

  @Test
  void findsAUserByAName() {
    UUID ada = idp.create(user("ada@example.com").put("displayName", "Ada Byron")).id();
    idp.create(user("grace@example.com").put("displayName", "Grace Hopper"));

    Page page = operator.get(users("?q=ada+b&state=&connection=&cursor="));

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).contains("/users/" + ada).doesNotContain("Grace Hopper");
    assertThat(page.text()).contains("ada@example.com").contains("active").contains("entra");
    assertThat(operator.get(users("?q=nobody")).text()).contains("No user matches");
  }

  @Test
  void filtersByStateAndConnectionAndTurnsPages() {
    IntStream.range(0, 51).forEach(it -> idp.create(user("u%02d".formatted(it))));
    idp.delete(idp.create(user("v-left")).id());
    gateway.connection(idp.tenant(), "okta").create(user("w-other"));

    Page first = operator.get(users("?q=u&state=active&connection=" + idp.connection()));
    assertThat(first.text()).contains("u00").contains("u49").doesNotContain("u50");
    Page second = operator.get(link(first, "Next page"));
    assertThat(second.text()).contains("u50").doesNotContain("u49").doesNotContain("Next page");
    assertThat(operator.get(users("?state=deactivated")).text())
        .contains("v-left")
        .contains("89 days")
        .doesNotContain("u00");
  }

  @Test
  void answersHtmxWithTheResultsOnly() {
    idp.create(user("ada"));
    Page page = operator.get(users("?q=ada"));
    assertThat(page.html()).contains("hx-get=\"" + users("") + "\"").contains("<html");

    String part = operator.getByHtmx(users("?q=ada")).html();

    assertThat(part).contains("ada").contains("id=\"results\"").doesNotContain("<html");
  }

  @Test
  void exportsWhatIsFiltered() {
    idp.create(user("ada").put("displayName", "=1+1"));
    idp.create(user("grace").put("displayName", "Grace"));

    Page csv = operator.get(link(operator.get(users("?q=ada")), "Export as CSV"));

    assertThat(csv.http().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.html().lines()).hasSize(2);
    assertThat(csv.html()).startsWith("\uFEFFid,").contains("'=1+1").doesNotContain("grace");
  }

  @Test
  void showsWhereEachAttributeComesFromAndTheWayOfARequest() {
    UUID ada = idp.create(user("ada").put("title", "Countess")).id();
    idp.patch(ada, "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}");
    UUID engines = idp.createGroup("Engines", ada).id();

    Page page = operator.get(users("/" + ada));

    assertThat(page.text())
        .contains("Countess connection entra")
        .contains("booleans-from-strings")
        .contains("gatehouse.user.deactivated.v1")
        .contains("Request from entra")
        .contains("user.create")
        .contains("This user has left");
    assertThat(page.html()).contains("/groups/" + engines).contains("<del").contains("<ins");
    assertThat(page.text()).contains("\"userName\" : \"ada\"");
  }

  @Test
  void showsFailuresOnlyAndOlderEntries() {
    idp.create(user("grace"));
    UUID ada = idp.create(user("ada")).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"grace\"}");
    for (int i = 0; i < 21; i++) {
      idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + i + "\"}");
    }

    Page failures = operator.get(users("/" + ada + "?failures=true"));
    assertThat(failures.text()).contains("409").doesNotContain("user.create");
    Page older = operator.get(link(operator.get(users("/" + ada)), "Older entries"));
    assertThat(older.text()).contains("user.create").contains("409");
  }

  @Test
  void showsAHostileNameAsText() {
    UUID ada = idp.create(user("ada").put("displayName", HOSTILE).put("title", HOSTILE)).id();
    idp.patch(ada, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"<img src=x>\"}");

    for (String path : new String[] {"", "?q=%3Cscript%3E", "/" + ada}) {
      Page page = operator.get(users(path));
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.html()).doesNotContain("<script>alert").doesNotContain("<img src=x");
      assertThat(page.text()).contains(HOSTILE);
    }
  }

  @Test
  void carriesOutTheActsOfAnOperator() {
    UUID ada = idp.create(user("ada")).id();
    String path = users("/" + ada);
    operator.get(path);

    assertThat(operator.post(path + "/enrol").text()).contains("The user is enrolled.");
    assertThat(api(ada, "enrolled")).isEqualTo("true");
    operator.post(path + "/hold");
    assertThat(api(ada, "heldAt")).isNotEmpty();
    operator.post(path + "/lift-hold");
    assertThat(api(ada, "heldAt")).isEmpty();
    idp.delete(ada);
    assertThat(operator.get(path).text()).contains("Restore");
    operator.post(path + "/restore");
    assertThat(api(ada, "state")).isEqualTo("active");
    operator.post(path + "/release");
    assertThat(api(ada, "state")).isEqualTo("unmanaged");
    assertThat(operator.get(path).text()).contains("Remove").doesNotContain("Release");
    assertThat(operator.post(path + "/remove").text()).contains("The user is removed");
    assertThat(api(ada, "state")).isEqualTo("deactivated");
  }

  @Test
  void erasesAfterTheUserIsNamedAndThePasswordGiven() {
    UUID ada = idp.create(user("ada").put("displayName", "Ada Byron")).id();
    idp.delete(ada);
    String path = users("/" + ada);
    assertThat(operator.get(path).text()).doesNotContain("Erase now");
    assertThat(operator.post(path + "/erase").status()).isEqualTo(403);
    PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN);
    assertThat(admin.get(path).text()).contains("Erase now");
    assertThat(admin.get(path + "/erase").text()).contains("Ada Byron").contains("ada");

    Page page = admin.post(path + "/erase");
    if (page.text().contains("Confirm with your password")) {
      assertThat(api(ada, "state")).isEqualTo("deactivated");
      page = admin.post(path + "/erase", "_password", PortalClient.PASSWORD);
    }

    assertThat(page.text()).contains("The data of the user is erased.").contains("user.erase");
    assertThat(api(ada, "state")).isEqualTo("erased");
    assertThat(admin.get(users("?state=erased")).html()).contains(ada.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"enrol", "restore", "release", "hold", "lift-hold", "remove", "erase"})
  void refusesTheActsToAViewer(String act) {
    UUID ada = idp.create(user("ada")).id();
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    Page page = viewer.get(users("/" + ada));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html()).doesNotContain(ada + "/" + act);

    assertThat(viewer.post(users("/" + ada + "/" + act)).status()).isEqualTo(403);
    assertThat(api(ada, "version")).isEqualTo("1");
  }

  @Test
  void showsNothingOfAnotherTenant() {
    UUID ada = idp.create(user("ada")).id();
    ScimClient other = gateway.connection("okta");
    PortalClient stranger = PortalClient.signedIn(gateway, Role.OPERATOR, other.tenant());
    String own = "/admin/tenants/" + other.tenant() + "/users";
    stranger.get(own);

    for (String path : new String[] {users("/" + ada), own + "/" + ada}) {
      assertThat(stranger.get(path).status()).isEqualTo(404);
      assertThat(stranger.post(path + "/restore").status()).isEqualTo(404);
    }
    assertThat(stranger.get(users("")).status()).isIn(400, 404);
    assertThat(stranger.get(users(".csv")).status()).isIn(400, 404);
    // An administrator of all tenants looks for the user below the wrong one.
    assertThat(PortalClient.signedIn(gateway, Role.VIEWER).get(own + "/" + ada).status())
        .isEqualTo(404);
    assertThat(stranger.get(own + "/ada").status()).isEqualTo(404);
  }

  private String users(String rest) {
    return "/admin/tenants/" + idp.tenant() + "/users" + rest;
  }

  private String api(UUID id, String property) {
    return gateway.admin("GET", "/users/" + id, null).json().path(property).asText();
  }

  /** The address behind a link with this text. */
  static String link(Page page, String text) {
    String before = page.html().substring(0, page.html().indexOf(">" + text + "<"));
    String tag = before.substring(before.lastIndexOf("<a "));
    String address = tag.replaceAll("(?s).*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
    return URI.create(address).toString();
  }

  @Test
  void addsAUserWhomNoConnectionControls() {
    assertThat(operator.get(users("")).html()).contains(users("/new"));
    operator.get(users("/new"));

    Page refused = operator.post(users("/new"), "userName", " ", "displayName", HOSTILE);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.html()).contains("role=\"alert\"").doesNotContain("<script>alert");
    assertThat(refused.text()).contains("userName");
    Page added =
        operator.post(
            users("/new"), "userName", "ada", "familyName", "Byron", "email", "ada@example.com");

    assertThat(added.text()).contains("The user was added").contains("unmanaged", "Byron");
    assertThat(operator.get(users("?q=ada@ex")).text()).contains("unmanaged");
    Page again = operator.post(users("/new"), "userName", "ada");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.html()).contains("value=\"ada\"");
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    assertThat(viewer.get(users("")).html()).doesNotContain(users("/new"));
    assertThat(viewer.post(users("/new"), "userName", "x").status()).isEqualTo(403);
  }

  @Test
  void saysThatAUserWasErasedMeanwhile() {
    UUID ada = idp.create(user("ada")).id();
    idp.delete(ada);
    operator.get(users("/" + ada));
    gateway.admin("POST", "/users/" + ada + "/erase", null);

    for (String act : new String[] {"restore", "hold", "enrol", "remove"}) {
      Page page = operator.post(users("/" + ada + "/" + act));
      assertThat(page.status()).as(act).isEqualTo(404);
      assertThat(page.text()).as(act).contains("The data of the user " + ada + " was erased.");
    }
  }

  @Test
  void keepsALongReasonUpToAWholeCharacter() {
    UUID ada = idp.create(user("ada")).id();
    operator.get(users("/" + ada));

    Page held =
        operator.post(
            users("/" + ada + "/hold"), "reason", "x".repeat(499) + "\uD83D\uDE00 and more");

    assertThat(held.status()).as(held.text()).isEqualTo(200);
    assertThat(
            gateway
                .admin("GET", "/users/" + ada + "/timeline", null)
                .json()
                .at("/entries/0/reason")
                .asText())
        .isEqualTo("x".repeat(499) + "\uD83D\uDE00");
  }
}
