package io.gatehouse.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what the SCIM servlet would answer with 500, because it fails while it reads it, or with
 * methods that nothing serves. Only for those who may come in: 401 comes before 400 (checklist
 * B11).
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
      // asked for its parameters, the container would read the body as some
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

  /** Tomcat decodes them when they are first asked for. */
  private static boolean hasReadableParameters(HttpServletRequest request) {
    try {
      request.getParameterMap();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
