package io.gatehouse.camel;

import io.gatehouse.edge.ScimResponse;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimError;
import io.gatehouse.webhook.WebhookResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.http.common.CamelServlet;

/**
 * Answers 503 while no route takes calls, because the gateway is starting or stopping, and says
 * which, in SCIM's form or as RFC 9457 has it. Camel itself answers 404, and a provider that hears
 * that believes that its people are gone, or does not send a webhook again.
 */
final class NotReadyFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient CamelServlet servlet;
  private volatile boolean open;

  NotReadyFilter(CamelServlet servlet) {
    this.servlet = servlet;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (servlet.getConsumers().isEmpty()) {
      refuse(request, response);
    } else {
      open = true;
      chain.doFilter(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ScimError error =
        ScimError.unavailable(
            open
                ? "The gateway is stopping; ask again when it is back."
                : "The gateway is starting; ask again in a few seconds.");
    boolean isScim = request.getServletPath().equals("/scim");
    response.setStatus(error.status());
    response.setHeader(RetryAfter.HEADER, RetryAfter.SOON);
    response.setHeader(
        "Content-Type", isScim ? ScimResponse.MEDIA_TYPE : "application/problem+json");
    String body =
        isScim
            ? Json.text(error.body())
            : WebhookResponse.problem(error.status(), error.detail()).body();
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
