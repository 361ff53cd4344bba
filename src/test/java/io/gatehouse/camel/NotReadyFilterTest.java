package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Before the routes are there. */
class NotReadyFilterTest {

  private final NotReadyFilter edge = new NotReadyFilter(new CamelHttpTransportServlet());

  @Test
  void saysInScimThatTheGatewayIsStarting() throws Exception {
    MockHttpServletResponse response = refused("/scim");

    assertThat(response.getContentType()).isEqualTo("application/scim+json");
    var error = Json.stored(response.getContentAsString());
    assertThat(error.at("/schemas/0").asText()).isEqualTo(ScimError.ERROR);
    assertThat(error.path("status").asText()).isEqualTo("503");
    assertThat(error.path("detail").asText()).contains("is starting");
  }

  @Test
  void saysToWebhooksThatTheGatewayIsStarting() throws Exception {
    MockHttpServletResponse response = refused("/webhooks");

    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(Json.stored(response.getContentAsString()).path("detail").asText())
        .contains("is starting");
  }

  private MockHttpServletResponse refused(String servlet) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", servlet + "/v2/Users");
    request.setServletPath(servlet);
    MockHttpServletResponse response = new MockHttpServletResponse();
    edge.doFilter(request, response, new MockFilterChain());
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    return response;
  }
}
