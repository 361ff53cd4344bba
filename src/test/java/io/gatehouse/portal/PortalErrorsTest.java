package io.gatehouse.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.broker.BrokerUnavailableException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.support.Gateway;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

/** A page says which part is away, and promises nothing about an act that may have been done. */
class PortalErrorsTest {

  private final PortalErrors errors = Gateway.shared().bean(PortalErrors.class);
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void anActDuringAnOutageIsNotSaidToBeUndone() {
    ModelAndView page =
        errors.outage(
            new MockHttpServletRequest("POST", "/admin/tenants/acme/problems"),
            response,
            new BrokerUnavailableException("secret detail", null));

    assertThat(page.getStatus()).hasToString("503 SERVICE_UNAVAILABLE");
    assertThat(response.getHeader("Retry-After")).isNotBlank();
    assertThat(detail(page))
        .contains("The message broker is not available", "not certain whether this was done")
        .doesNotContain("secret detail");
  }

  @Test
  void aPageDuringAnOutageSaysWhatIsAway() {
    ModelAndView page =
        errors.outage(
            new MockHttpServletRequest("GET", "/admin/tenants/acme/problems"),
            response,
            new StoreUnavailableException("secret detail", new IllegalStateException()));

    assertThat(detail(page))
        .contains("The database is not available", "The overview shows when it is back")
        .doesNotContain("not certain");
  }

  private static String detail(ModelAndView page) {
    return String.valueOf(page.getModel().get("detail"));
  }
}
