package io.gatehouse.security;

import io.gatehouse.access.Administrator;
import io.gatehouse.access.ApiToken;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.signin.SignIns.Attempt;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.signin.SignIns.Subject;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates requests with the admin token of the data folder, or with a token of the API. */
final class AdminAuthentication extends OncePerRequestFilter {

  private final AdminToken expected;
  private final ApiTokenCache tokens;
  private final SignInGuard signInGuard;

  AdminAuthentication(AdminToken expected, ApiTokenCache tokens, SignInGuard signInGuard) {
    this.expected = expected;
    this.tokens = tokens;
    this.signInGuard = signInGuard;
  }

  /** What a credential is worth: an administrator, or the seconds to wait. */
  private record Verdict(Optional<Administrator> administrator, OptionalInt waitSeconds) {
    static Verdict refused(OptionalInt waitSeconds) {
      return new Verdict(Optional.empty(), waitSeconds);
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<BearerToken> given = BearerHeader.token(request);
    if (given.isPresent()) {
      Attempt attempt = signInGuard.attempt(Realm.ADMIN, request, given.get().hash());
      try {
        Verdict verdict = check(attempt, given.get());
        if (SignInGuard.holds(verdict.waitSeconds(), request, response)) {
          return;
        }
        verdict.administrator().ifPresent(AdminAuthentication::admit);
      } catch (StoreUnavailableException e) {
        response.setHeader(RetryAfter.HEADER, RetryAfter.SOON);
        ErrorResponses.problem(
            response, HttpStatus.SERVICE_UNAVAILABLE, "The token cannot be checked now.");
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private static void admit(Administrator administrator) {
    SecurityContextHolder.getContext()
        .setAuthentication(AdministratorAuthentication.of(administrator));
  }

  /** Checks a token; a chosen token can be guessed, so attempts above the limit are not checked. */
  private Verdict check(Attempt attempt, BearerToken given) {
    Optional<Administrator> holder = random(given);
    if (holder.isEmpty() && !expected.random()) {
      OptionalInt wait = signInGuard.signIns().mustWait(attempt);
      if (wait.isPresent()) {
        return Verdict.refused(wait);
      }
      holder = root(given);
    }
    if (holder.isEmpty()) {
      return Verdict.refused(signInGuard.signIns().refused(attempt, () -> Subject.UNKNOWN));
    }
    signInGuard.signIns().admitted(attempt);
    return new Verdict(holder, OptionalInt.empty());
  }

  /** The holder of a token that has too much randomness to be guessed. */
  private Optional<Administrator> random(BearerToken given) {
    Optional<Administrator> root = expected.random() ? root(given) : Optional.empty();
    return root.isPresent() ? root : tokens.find(given).map(ApiToken::administrator);
  }

  private Optional<Administrator> root(BearerToken given) {
    return Optional.of(Administrator.ROOT).filter(it -> expected.token().matches(given));
  }
}
