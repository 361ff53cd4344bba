package io.gatehouse.camel;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.http.common.CamelServlet;

/**
 * Answers 503 while no route takes SCIM calls, because the gateway is starting or stopping. Camel
 * itself answers 404, and a provider that hears that believes that its people are gone.
 */
final class ClosedEdge extends HttpFilter {

  private static final String RETRY_SECONDS = "5";

  private final transient CamelServlet scim;

  ClosedEdge(CamelServlet scim) {
    this.scim = scim;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (scim.getConsumers().isEmpty()) {
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      chain.doFilter(request, response);
    }
  }
}
