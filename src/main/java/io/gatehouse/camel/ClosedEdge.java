package io.gatehouse.camel;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.http.common.CamelServlet;

/**
 * Answers 503 while no route takes calls, because the gateway is starting or stopping. Camel itself
 * answers 404, and a provider that hears that believes that its people are gone, or does not send a
 * webhook again.
 */
final class ClosedEdge extends HttpFilter {

  private static final String RETRY_SECONDS = "5";

  private final transient CamelServlet servlet;

  ClosedEdge(CamelServlet servlet) {
    this.servlet = servlet;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (servlet.getConsumers().isEmpty()) {
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      chain.doFilter(request, response);
    }
  }
}
