package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a session lasts, and where a sign-in leads. */
class SessionsTest {

  private final Gateway gateway = Gateway.shared();

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  private String sessions() {
    return gateway.admin("GET", "/access/sessions", null).http().body();
  }

  @Test
  void aNewSignInEndsTheSessionThatTheBrowserHad() {
    PortalClient browser = PortalClient.of(gateway);
    String first = PortalClient.administrator(gateway, Role.VIEWER);
    browser.signIn(first, PortalClient.PASSWORD);
    assertThat(sessions()).contains(first);

    String second = PortalClient.administrator(gateway, Role.VIEWER);
    assertThat(browser.signIn(second, PortalClient.PASSWORD).text()).contains(second);

    assertThat(sessions()).contains(second).doesNotContain(first);
  }

  @Test
  void aPageThatRenewsItselfKeepsNoSessionAlive() {
    PortalClient browser = PortalClient.signedIn(gateway, Role.VIEWER);
    for (int i = 0; i < 3; i++) {
      MovableClock.pass(Duration.ofMinutes(9));
      assertThat(browser.poll("/admin").status()).isEqualTo(200);
    }
    MovableClock.pass(Duration.ofMinutes(4));
    assertThat(browser.poll("/admin").http().headers().firstValue("HX-Redirect"))
        .contains("/admin/sign-in");
    assertThat(browser.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void aRequestKeepsTheSessionAliveThoughThePageHasJustRenewedItself() {
    PortalClient browser = PortalClient.signedIn(gateway, Role.VIEWER);
    for (int i = 0; i < 3; i++) {
      MovableClock.pass(Duration.ofMinutes(20));
      browser.poll("/admin");
      assertThat(browser.get("/admin").address().getPath()).isEqualTo("/admin");
    }
  }

  @Test
  void anOpenStreamIsNoUseOfASession() {
    String tenant = gateway.tenant();
    PortalClient browser = PortalClient.signedIn(gateway, Role.VIEWER, tenant);
    MovableClock.pass(Duration.ofMinutes(20));
    browser.lines("/admin/tenants/" + tenant + "/activity/stream").close();
    MovableClock.pass(Duration.ofMinutes(11));
    assertThat(browser.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void theSignInLeadsOnWhereAnAdministratorIsSignedIn() {
    PortalClient browser = PortalClient.signedIn(gateway, Role.VIEWER);
    assertThat(browser.get("/admin/sign-in").address().getPath()).isEqualTo("/admin");
    assertThat(browser.get("/admin/sign-in?next=%2Fadmin%2Fpassword").address().getPath())
        .isEqualTo("/admin/password");
  }

  @Test
  void aSignInLeadsBackToThePageWithItsQuery() {
    String tenant = gateway.tenant();
    String wanted = "/admin/tenants/" + tenant + "/users?q=a%20b%26c&state=active";
    PortalClient browser = PortalClient.of(gateway);
    Page page = browser.get(wanted);
    assertThat(page.address().getPath()).isEqualTo("/admin/sign-in");
    assertThat(page.html()).contains(wanted.replace("&", "&amp;"));
    assertThat(signedIn(browser, wanted)).isEqualTo(wanted);
  }

  private String signedIn(PortalClient browser, String next) {
    browser.get("/admin/sign-in");
    String name = PortalClient.administrator(gateway, Role.VIEWER);
    Page page =
        browser.post(
            "/admin/sign-in", "name", name, "password", PortalClient.PASSWORD, "next", next);
    return page.address().toString().substring(gateway.url("").length());
  }

  @Test
  void aSignInLeadsToNoAddressOutsideOfThePortal() {
    for (String next :
        new String[] {
          "//evil.example/admin",
          "/\\evil.example",
          "/admin\\@evil.example",
          "/administrators",
          "/admin/../scim/v2/Users",
          "/admin/api/v1/tenants",
          "/admin/sign-in?next=/admin/password",
          "/admin/sign-in/oidc",
          "/admin?a=\r\nSet-Cookie:%20a=b",
          "/admin/%0d%0aSet-Cookie:%20a=b",
          "/admin#//evil.example",
          "/admin?" + "a".repeat(3_000),
          "javascript:alert(1)"
        }) {
      assertThat(signedIn(PortalClient.of(gateway), next)).as(next).isEqualTo("/admin");
    }
  }

  @Test
  void aPartOfAPageLeadsBackToItsPage() {
    assertThat(
            PortalClient.of(gateway)
                .getByHtmx("/admin/tenants/acme/connections/waiting", "/admin/tenants/acme?a=b")
                .http()
                .headers()
                .firstValue("HX-Redirect"))
        .contains("/admin/sign-in?next=%2Fadmin%2Ftenants%2Facme%3Fa%3Db");
  }
}
