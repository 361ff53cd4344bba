package io.gatehouse.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 400 to a query that cannot be decoded. */
final class ReadableQueryFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String query = request.getQueryString();
    if (query != null && !isReadable(query)) {
      ErrorResponses.error(
          response,
          request.getRequestURI(),
          HttpStatus.BAD_REQUEST,
          "The query cannot be decoded.");
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether each percent sign is followed by two hexadecimal digits. */
  private static boolean isReadable(String query) {
    return query.matches("(?:[^%]|%[0-9A-Fa-f]{2})*+");
  }
}
