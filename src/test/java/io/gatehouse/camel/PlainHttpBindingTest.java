package io.gatehouse.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class PlainHttpBindingTest {

  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private MockHttpServletResponse written() throws Exception {
    new PlainHttpBinding().writeResponse(exchange, response);
    return response;
  }

  @Test
  void writesStatusHeadersAndBytes() throws Exception {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 201);
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/scim+json");
    exchange.getMessage().setHeader("ETag", "W/\"1\"");
    exchange.getMessage().setHeader("CamelSecret", "inside");
    exchange.getMessage().setBody("{}".getBytes(StandardCharsets.UTF_8));

    assertThat(written().getStatus()).isEqualTo(201);
    assertThat(response.getContentAsString()).isEqualTo("{}");
    assertThat(response.getContentLength()).isEqualTo(2);
    assertThat(response.getHeader("ETag")).isEqualTo("W/\"1\"");
    assertThat(response.getHeaderNames()).doesNotContain("CamelSecret");
  }

  @Test
  void saysThatNothingWasDoneWhereARouteMakesNoAnswer() throws Exception {
    assertThat(written().getStatus()).isEqualTo(500);
  }

  @Test
  void writesNoBodyThatItDoesNotKnow() throws Exception {
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setBody("a text");

    assertThat(written().getStatus()).isEqualTo(500);
  }
}
