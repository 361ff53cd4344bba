package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Role;
import io.gatehouse.support.Browser;
import io.gatehouse.support.Browser.Size;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.PortalClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator does in a real browser. */
class PortalBrowserTest {

  private final Gateway gateway = Gateway.shared();
  private final Browser browser = Browser.open(gateway);

  @AfterEach
  void noErrorWasReported() {
    try {
      assertThat(browser.errors()).isEmpty();
    } finally {
      browser.close();
    }
  }

  @Test
  void keysOpenTheirListAndAPage() {
    browser.signIn(PortalClient.administrator(gateway, Role.ADMIN), PortalClient.PASSWORD);
    browser.keys("?");
    assertThat(browser.find("#keys").isDisplayed()).isTrue();
  }

  @Test
  void pagesBeforeTheSignInFitAndHaveNoBarriers() {
    for (Size size : Size.values()) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.show(size, dark);
        browser.go("/admin/sign-in");
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.overflows()).isFalse();
        browser.picture("sign-in-" + size + (dark ? "-dark" : ""));
      }
    }
  }
}
