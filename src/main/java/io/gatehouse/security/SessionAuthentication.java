package io.gatehouse.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates requests with the session of the portal. */
final class SessionAuthentication extends OncePerRequestFilter {

  private final SessionCookie cookie;
  private final SessionCache sessions;

  SessionAuthentication(SessionCookie cookie, SessionCache sessions) {
    this.cookie = cookie;
    this.sessions = sessions;
  }

  /** Files are open to all. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/admin/assets/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    cookie
        .token(request)
        .flatMap(sessions::find)
        .ifPresent(
            it ->
                SecurityContextHolder.getContext()
                    .setAuthentication(AdministratorAuthentication.of(it)));
    chain.doFilter(request, response);
  }
}
