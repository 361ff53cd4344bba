package io.gatehouse.security;

import io.gatehouse.edge.ScimBasePath;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 404 at {@code /%73cim}, which Tomcat would decode and Spring would not. Reads {@code
 * /scim/v2//Users} as {@code /scim/v2/Users}, because base URLs are often entered with a trailing
 * slash.
 */
final class EncodedPathFilter extends OncePerRequestFilter {

  private static final Set<String> SERVLETS = Set.of("/scim", "/webhooks");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String uri = request.getRequestURI();
    String servlet = request.getServletPath();
    if (SERVLETS.contains(servlet) && !uri.startsWith(servlet)) {
      ErrorResponses.error(
          response, uri, HttpStatus.NOT_FOUND, "There is nothing at this address.");
    } else if (uri.startsWith(ScimBasePath.PATH + "//")) {
      chain.doFilter(new WithoutEmptySegments(request), response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
