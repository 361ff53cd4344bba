package io.gatehouse.security;

import io.gatehouse.command.Caller;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.scim.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the connection that a SCIM call belongs to by its bearer token (RFC 6750), and by nothing
 * else.
 */
final class ScimAuthentication extends OncePerRequestFilter {

  private final CredentialCache credentials;

  ScimAuthentication(CredentialCache credentials) {
    this.credentials = credentials;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Optional<Caller> caller = Bearer.token(request).flatMap(credentials::holder);
      caller.ifPresent(it -> admit(request, it));
    } catch (StoreUnavailableException e) {
      Answers.write(
          response,
          ScimAnswer.refusal(Refusal.unavailable("Credentials cannot be checked at the moment.")));
      return;
    }
    chain.doFilter(request, response);
  }

  private static void admit(HttpServletRequest request, Caller caller) {
    request.setAttribute(Caller.class.getName(), caller);
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                caller.connection(), null, List.of(new SimpleGrantedAuthority("SCIM"))));
  }
}
