package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.MovableClock;
import io.gatehouse.support.PortalClient;
import io.gatehouse.support.PortalClient.Page;
import io.gatehouse.support.ScimClient;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Setup links, made and revoked without curl. */
class SetupLinkPagesTest {

  private static final Pattern LINK = Pattern.compile("<code id=\"secret-0\">([^<]*)</code>");

  private final Gateway gateway = Gateway.shared();
  private final ScimClient idp = gateway.connection("okta");
  private final String page =
      "/admin/tenants/" + idp.tenant() + "/connections/" + idp.connection() + "/setup-links";
  private final PortalClient admin = PortalClient.signedIn(gateway, Role.ADMIN, idp.tenant());
  private final PortalClient person = PortalClient.of(gateway);

  @AfterEach
  void clockIsRight() {
    MovableClock.set(Duration.ZERO);
  }

  @Test
  void aLinkIsMadeShownOnceAndRevoked() {
    assertThat(admin.get(page).text()).contains("No link was made yet");
    Page made = admin.post(page, "hours", "24");
    String path = link(made);
    assertThat(made.http().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(person.get(path).status()).isEqualTo(200);

    Page list = admin.get(page);
    assertThat(list.html()).doesNotContain(path.substring(path.lastIndexOf('/') + 1));
    Matcher id = Pattern.compile("/setup-links/([^/\"]+)/revoke").matcher(list.html());
    assertThat(id.find()).isTrue();
    assertThat(admin.post(page + "/" + id.group(1) + "/revoke").text())
        .contains("It was revoked", "revoked");
    assertThat(person.get(path).status()).isEqualTo(404);
    assertThat(admin.post(page, "hours", "1000").status()).isEqualTo(400);
  }

  @Test
  void aLinkShowsTheGuideWithTheValuesOfItsConnection() {
    Page opened = person.get(link(made()));

    assertThat(opened.http().headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(opened.text())
        .contains("SCIM connector base URL", "/webhooks/okta/" + idp.connection())
        .doesNotContain("the `scimUrl`");
    assertThat(opened.html()).contains("<td><code>" + gateway.url("/scim/v2") + "</code></td>");
  }

  /** Else the page that was left open would ask for ever, and slow down others by its refusals. */
  @Test
  void aPageWhoseLinkHasEndedAsksNoMore() {
    String path = link(made());
    assertThat(person.getByHtmx(path).http().headers().firstValue("HX-Refresh")).isEmpty();

    MovableClock.pass(Duration.ofHours(25));

    Page ended = person.getByHtmx(path);
    assertThat(ended.status()).isEqualTo(404);
    assertThat(ended.http().headers().firstValue("HX-Refresh")).contains("true");
    assertThat(person.get(path).html()).doesNotContain("hx-get");
  }

  @Test
  void onlyAdministratorsOfTheTenantMakeLinks() {
    PortalClient viewer = PortalClient.signedIn(gateway, Role.VIEWER, idp.tenant());
    assertThat(viewer.get(page).text()).doesNotContain("It opens for");
    assertThat(viewer.post(page, "hours", "24").status()).isEqualTo(403);
    PortalClient other = PortalClient.signedIn(gateway, Role.ADMIN, gateway.tenant());
    assertThat(other.get(page).status()).isEqualTo(404);
    other.get("/admin");
    assertThat(other.post(page, "hours", "24").status()).isEqualTo(404);
  }

  private Page made() {
    admin.get(page);
    return admin.post(page, "hours", "24");
  }

  private static String link(Page made) {
    Matcher link = LINK.matcher(made.html());
    assertThat(link.find()).isTrue();
    return URI.create(link.group(1)).getPath();
  }
}
