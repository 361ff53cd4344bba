package io.gatehouse.security;

import io.gatehouse.security.SessionCache.Use;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates requests with the session of the portal. */
final class SessionAuthentication extends OncePerRequestFilter {

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String POLL = "Gatehouse-Poll";
  private static final String STREAM = "/activity/stream";

  private final SessionCookie cookie;
  private final SessionCache sessions;

  SessionAuthentication(SessionCookie cookie, SessionCache sessions) {
    this.cookie = cookie;
    this.sessions = sessions;
  }

  /** A page says of a request that it makes it by itself; a stream goes on by itself. */
  private static Use use(HttpServletRequest request) {
    if (!READS.contains(request.getMethod())) {
      return Use.ACT;
    }
    return request.getHeader(POLL) != null || request.getRequestURI().endsWith(STREAM)
        ? Use.POLL
        : Use.READ;
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
        .flatMap(it -> sessions.find(it, use(request)))
        .ifPresent(
            it ->
                SecurityContextHolder.getContext()
                    .setAuthentication(AdministratorAuthentication.of(it)));
    chain.doFilter(request, response);
  }
}
