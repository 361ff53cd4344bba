package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import org.junit.jupiter.api.Test;

class PortalSignInTest {

  private final Gateway gateway = Gateway.shared();

  @Test
  void withoutAProviderTheSignInOffersNone() {
    PortalClient client = PortalClient.of(gateway);
    assertThat(client.get("/admin/sign-in").text()).doesNotContain("Sign in with");
    assertThat(client.get("/admin/sign-in/oidc").text()).contains("No provider is configured");
  }

  @Test
  void pagesLeadToTheSignInAndFromThereBack() {
    PortalClient client = PortalClient.of(gateway);
    Page page = client.get("/admin/password");
    assertThat(page.address().getPath()).isEqualTo("/admin/sign-in");
    assertThat(page.address().getQuery()).isEqualTo("next=/admin/password");
    String name = PortalClient.administrator(gateway, Role.VIEWER);
    page =
        client.post(
            "/admin/sign-in",
            "name",
            name,
            "password",
            PortalClient.PASSWORD,
            "next",
            "/admin/password");
    assertThat(page.address().getPath()).isEqualTo("/admin/password");
  }

  @Test
  void aSignInLeadsToNoOtherHost() {
    PortalClient client = PortalClient.of(gateway);
    client.get("/admin/sign-in");
    String name = PortalClient.administrator(gateway, Role.VIEWER);
    for (String next : new String[] {"//evil.example", "https://evil.example", "/admin/../x"}) {
      Page page =
          client.post(
              "/admin/sign-in", "name", name, "password", PortalClient.PASSWORD, "next", next);
      assertThat(page.address().toString()).isEqualTo(gateway.url("/admin"));
    }
  }

  @Test
  void aFormWithoutTheTokenAgainstForgeryIsRefused() {
    PortalClient client = PortalClient.of(gateway);
    Page page = client.post("/admin/sign-in", "name", "admin", "password", "something");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("This form is too old");
  }

  @Test
  void theRootLeadsToThePortal() {
    Page page = PortalClient.of(gateway).get("/");
    assertThat(page.address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void unreadableQueriesAndFormsAreAnsweredAsSuch() {
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER);
    assertThat(client.raw("/admin/sign-in?next=%2525", "a=%zz").status()).isEqualTo(400);
    assertThat(client.raw("/admin/sign-in", "_csrf=%zz").status()).isEqualTo(400);
    assertThat(client.raw("/admin/password", "a=%zz").status()).isEqualTo(400);
    assertThat(client.raw("/admin/password", "a&".repeat(100_000)).status()).isEqualTo(400);
    assertThat(client.raw("/admin/password", "a&".repeat(900)).status()).isEqualTo(403);
  }

  @Test
  void anUnknownPageSaysSoAsAPage() {
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER);
    Page page = client.get("/admin/nothing");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("Nothing is here");
    assertThat(client.get("/admin/").address().getPath()).isEqualTo("/admin");
    assertThat(gateway.admin("GET", "/nothing", null).header("Content-Type"))
        .startsWith("application/problem+json");
  }

  @Test
  void aSessionOpensNoApiAndATokenNoPage() {
    PortalClient client = PortalClient.signedIn(gateway, Role.ADMIN);
    assertThat(client.get("/admin/api/v1/tenants").status()).isEqualTo(401);
    Page page = PortalClient.of(gateway).get("/admin");
    assertThat(page.address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void aSessionEndsWithTheSignOut() {
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER);
    client.get("/admin/password");
    client.post("/admin/sign-out");
    assertThat(client.get("/admin").address().getPath()).isEqualTo("/admin/sign-in");
  }

  @Test
  void aRoleThatMayNotIsToldSo() {
    PortalClient client = PortalClient.signedIn(gateway, Role.VIEWER);
    client.get("/admin/password");
    Page page = client.post("/admin/tenants", "slug", "nothing", "name", "Nothing");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("This needs the role admin");
  }

  @Test
  void pagesLoadNothingFromElsewhere() {
    Page page = PortalClient.signedIn(gateway, Role.VIEWER).get("/admin");
    assertThat(page.http().headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("script-src 'self'");
    assertThat(page.html()).doesNotContain("http://").doesNotContain("style=");
    for (String file : new String[] {"htmx.min.js", "portal.js", "portal.css", "icon.svg"}) {
      assertThat(PortalClient.of(gateway).get("/admin/assets/" + file).status()).isEqualTo(200);
    }
  }
}
