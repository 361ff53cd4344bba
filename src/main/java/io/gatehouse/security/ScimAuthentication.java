package io.gatehouse.security;

import io.gatehouse.TenantScope;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.Credential;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.edge.SignIns.Attempt;
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
 * else.
 */
final class ScimAuthentication extends OncePerRequestFilter {

  private final CredentialCache credentials;
  private final RateLimits limits;
  private final Door door;
  private final Subjects subjects;

  ScimAuthentication(
      CredentialCache credentials, RateLimits limits, Door door, Subjects subjects) {
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
    Optional<Attempt> attempt =
        token.map(it -> door.attempt(Realm.SCIM, request, it.hash()));
    if (Door.holds(wait(attempt), request, response)) {
      return;
    }
    Optional<Credential> credential;
    try {
      credential = token.flatMap(this::credential);
    } catch (StoreUnavailableException e) {
      Answers.write(
          response,
          ScimAnswer.refusal(Refusal.unavailable("Credentials cannot be checked at the moment.")));
      return;
    }
    if (attempt.isPresent()
        && Door.holds(told(attempt.get(), token.orElseThrow(), credential), request, response)) {
      return;
    }
    OptionalInt wait =
        credential.map(it -> limits.refuses(it.holder())).orElse(OptionalInt.empty());
    if (wait.isPresent()) {
      Answers.write(response, ScimAnswer.tooMany(wait.getAsInt()));
      return;
    }
    if (credential.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    admit(request, credential.get());
    try (TenantScope scope = TenantScope.of(credential.get().holder().caller().tenant())) {
      chain.doFilter(request, response);
    }
  }

  private OptionalInt wait(Optional<Attempt> attempt) {
    return attempt.map(door.signIns()::mustWait).orElse(OptionalInt.empty());
  }

  private OptionalInt told(Attempt attempt, Token token, Optional<Credential> credential) {
    if (credential.isEmpty()) {
      return door.signIns().refused(attempt, subjects.ofToken(token));
    }
    door.signIns().admitted(attempt);
    return OptionalInt.empty();
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
