package io.gatehouse.security;

import io.gatehouse.edge.SignIns.Attempt;
import io.gatehouse.edge.SignIns.Realm;
import io.gatehouse.edge.SignIns.Subject;
import io.gatehouse.edge.Token;
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

/** Lets in who has the admin token. */
final class AdminAuthentication extends OncePerRequestFilter {

  private final AdminToken expected;
  private final Door door;

  AdminAuthentication(AdminToken expected, Door door) {
    this.expected = expected;
    this.door = door;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Token> given = Bearer.token(request);
    if (given.isPresent()) {
      Attempt attempt = door.attempt(Realm.ADMIN, request, given.get().hash());
      if (Door.holds(check(attempt, given.get()), request, response)) {
        return;
      }
    }
    if (given.filter(expected.token()::matches).isPresent()) {
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(
                  "admin", null, List.of(new SimpleGrantedAuthority("ADMIN"))));
    }
    chain.doFilter(request, response);
  }

  /** A token that a person has chosen can be guessed, so guesses at it are not looked at. */
  private OptionalInt check(Attempt attempt, Token given) {
    OptionalInt wait = expected.random() ? OptionalInt.empty() : door.signIns().mustWait(attempt);
    if (wait.isPresent()) {
      return wait;
    }
    if (expected.token().matches(given)) {
      door.signIns().admitted(attempt);
      return OptionalInt.empty();
    }
    return door.signIns().refused(attempt, () -> Subject.UNKNOWN);
  }
}
