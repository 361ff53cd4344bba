package io.gatehouse.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests that the SCIM servlet cannot read and would answer with 500, and unknown
 * methods. Runs after authentication: 401 comes before 400 (checklist B11).
 */
final class ReadableRequestFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String uri = request.getRequestURI();
    if (request.getMethod().equals("OPTIONS")) {
      ErrorResponses.write(response, ErrorResponses.toMethod("OPTIONS", uri));
    } else if (BodyHeaders.isEncoded(request)) {
      ErrorResponses.error(
          response, uri, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must not be compressed.");
    } else if (BodyHeaders.isForm(request)) {
      // for the parameters of a form, the container would read the body
      ErrorResponses.error(
          response,
          uri,
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "The body must be application/scim+json, not a form.");
    } else if (!hasReadableParameters(request)) {
      ErrorResponses.error(response, uri, HttpStatus.BAD_REQUEST, "The query cannot be decoded.");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether the parameters can be decoded; Tomcat decodes them on first access. */
  private static boolean hasReadableParameters(HttpServletRequest request) {
    try {
      request.getParameterMap();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
