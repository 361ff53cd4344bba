package io.gatehouse.security;

import io.gatehouse.TenantScope;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.Credential;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.SignIns.Realm;
import io.gatehouse.edge.Subjects;
import io.gatehouse.edge.Token;
import io.gatehouse.scim.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the connection that a SCIM call belongs to by its bearer token (RFC 6750), and by nothing
 * else. Each token is looked at, however many from its address were wrong: the IdPs of many
 * customers call from the same addresses.
 */
final class ScimAuthentication extends OncePerRequestFilter {

  private final CredentialCache credentials;
  private final RateLimits limits;
  private final Door door;
  private final Subjects subjects;

  ScimAuthentication(CredentialCache credentials, RateLimits limits, Door door, Subjects subjects) {
    this.credentials = credentials;
    this.limits = limits;
    this.door = door;
    this.subjects = subjects;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Token> token = Bearer.token(request);
    if (token.isPresent() && !admits(token.get(), request, response)) {
      return;
    }
    if (request.getAttribute(Credential.class.getName()) instanceof Credential credential) {
      try (TenantScope scope = TenantScope.of(credential.holder().caller().tenant())) {
        chain.doFilter(request, response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  /** Whether the call goes on, which the chain may refuse yet; else it is answered. */
  private boolean admits(Token token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Credential> credential;
    try {
      credential = credential(token);
    } catch (StoreUnavailableException e) {
      Answers.write(
          response,
          ScimAnswer.refusal(Refusal.unavailable("Credentials cannot be checked at the moment.")));
      return false;
    }
    if (credential.isEmpty() && Door.holds(refused(token, request), request, response)) {
      return false;
    }
    OptionalInt wait =
        credential.map(it -> limits.refuses(it.holder())).orElse(OptionalInt.empty());
    if (wait.isPresent()) {
      Answers.write(response, ScimAnswer.tooMany(wait.getAsInt()));
      return false;
    }
    credential.ifPresent(it -> admit(request, it));
    return true;
  }

  private OptionalInt refused(Token token, HttpServletRequest request) {
    return door.signIns()
        .refused(door.attempt(Realm.SCIM, request, token.hash()), () -> subjects.ofToken(token));
  }

  private Optional<Credential> credential(Token token) {
    return credentials.holder(token).map(it -> new Credential(it, token.seal()));
  }

  private static void admit(HttpServletRequest request, Credential credential) {
    request.setAttribute(Credential.class.getName(), credential);
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                credential.holder().caller().requireConnection(),
                null,
                List.of(new SimpleGrantedAuthority("SCIM"))));
  }
}
