package io.gatehouse.security;

import io.gatehouse.access.Administrator;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates requests with the admin token. */
final class AdminAuthentication extends OncePerRequestFilter {

  private final AdminToken expected;
  private final SignInGuard signInGuard;

  AdminAuthentication(AdminToken expected, SignInGuard signInGuard) {
    this.expected = expected;
    this.signInGuard = signInGuard;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<BearerToken> given = BearerHeader.token(request);
    if (given.isPresent()) {
      Attempt attempt = signInGuard.attempt(Realm.ADMIN, request, given.get().hash());
      if (SignInGuard.holds(check(attempt, given.get()), request, response)) {
        return;
      }
    }
    if (given.filter(expected.token()::matches).isPresent()) {
      SecurityContextHolder.getContext()
          .setAuthentication(AdministratorAuthentication.of(Administrator.ROOT));
    }
    chain.doFilter(request, response);
  }

  /** Checks a token; a chosen token can be guessed, so attempts above the limit are not checked. */
  private OptionalInt check(Attempt attempt, BearerToken given) {
    OptionalInt wait =
        expected.random() ? OptionalInt.empty() : signInGuard.signIns().mustWait(attempt);
    if (wait.isPresent()) {
      return wait;
    }
    if (expected.token().matches(given)) {
      signInGuard.signIns().admitted(attempt);
      return OptionalInt.empty();
    }
    return signInGuard.signIns().refused(attempt, () -> Subject.UNKNOWN);
  }
}
