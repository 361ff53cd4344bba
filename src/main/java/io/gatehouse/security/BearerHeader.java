package io.gatehouse.security;

import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The bearer token of a request (RFC 6750 section 2.1): from the header only, never from the URI.
 */
final class BearerHeader {

  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  static Optional<BearerToken> token(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(new BearerToken(header.substring(SCHEME.length()).strip()))
        : Optional.empty();
  }
}
