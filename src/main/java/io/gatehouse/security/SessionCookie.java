package io.gatehouse.security;

import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookie of a session of the portal. Over TLS it has the prefix {@code __Host-}, so that no
 * other host can set it (RFC 6265bis section 4.1.3.2).
 */
public final class SessionCookie {

  private static final String NAME = "gatehouse-session";

  private final boolean secure;

  /**
   * Creates the cookie.
   *
   * @param secure whether browsers reach the gateway by https only
   */
  SessionCookie(boolean secure) {
    this.secure = secure;
  }

  private String name() {
    return secure ? "__Host-" + NAME : NAME;
  }

  boolean secure() {
    return secure;
  }

  /** The token in the cookie of a request. */
  public Optional<BearerToken> token(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(it -> it.getName().equals(name()) && !it.getValue().isEmpty())
            .findFirst()
            .map(it -> new BearerToken(it.getValue()));
  }

  public void set(HttpServletResponse response, BearerToken token) {
    write(response, token.secret(), -1);
  }

  public void clear(HttpServletResponse response) {
    write(response, "", 0);
  }

  private void write(HttpServletResponse response, String value, long maxAge) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(), value)
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .path("/")
            .maxAge(maxAge)
            .build()
            .toString());
  }
}
