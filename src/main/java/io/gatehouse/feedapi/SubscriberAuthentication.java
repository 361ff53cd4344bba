package io.gatehouse.feedapi;

import io.gatehouse.TenantScope;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.Subscriptions.Login;
import io.gatehouse.http.RetryAfter;
import io.gatehouse.security.ErrorResponses;
import io.gatehouse.security.SignInGuard;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.signin.SignIns.Realm;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Authenticates a subscriber by the user name and the password of its queue. */
final class SubscriberAuthentication extends OncePerRequestFilter {

  private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();
  private final BatchLoader<Login, Subscription> holders;
  private final SignInGuard signInGuard;
  private final CredentialOwners owners;

  SubscriberAuthentication(
      BatchLoader<Login, Subscription> holders, SignInGuard signInGuard, CredentialOwners owners) {
    this.holders = holders;
    this.signInGuard = signInGuard;
    this.owners = owners;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Authentication> given = given(request);
    if (given.isPresent() && !admits(given.get(), request, response)) {
      return;
    }
    if (request.getAttribute(Subscription.class.getName()) instanceof Subscription holder) {
      try (TenantScope scope = TenantScope.of(holder.tenant())) {
        chain.doFilter(request, response);
      }
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Whether the call may continue to the rest of the chain, which may still refuse it; otherwise
   * the answer has been written.
   */
  private boolean admits(
      Authentication given, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String name = given.getName();
    String password = String.valueOf(given.getCredentials());
    Optional<Subscription> holder;
    try {
      holder = holders.find(Login.of(name, new BearerToken(password).hash()));
    } catch (StoreUnavailableException e) {
      response.setHeader(RetryAfter.HEADER, RetryAfter.SOON);
      ErrorResponses.problem(
          response, HttpStatus.SERVICE_UNAVAILABLE, "Credentials cannot be checked at the moment.");
      return false;
    }
    if (holder.isEmpty()
        && SignInGuard.holds(refused(name, password, request), request, response)) {
      return false;
    }
    holder.ifPresent(it -> admit(request, it));
    return true;
  }

  /**
   * Makes the same look-ups for known and unknown names, so that the response time reveals nothing.
   */
  private OptionalInt refused(String name, String password, HttpServletRequest request) {
    byte[] credential = new BearerToken(name + "\n" + password).hash();
    return signInGuard
        .signIns()
        .refused(
            signInGuard.attempt(Realm.EVENTS, request, credential),
            () -> owners.ofSubscriber(name));
  }

  private Optional<Authentication> given(HttpServletRequest request) {
    try {
      return Optional.<Authentication>ofNullable(basic.convert(request))
          .filter(it -> it.getName().indexOf('\0') < 0); // PostgreSQL cannot store NUL in a text.
    } catch (AuthenticationException e) {
      return Optional.empty();
    }
  }

  private static void admit(HttpServletRequest request, Subscription subscription) {
    request.setAttribute(Subscription.class.getName(), subscription);
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                subscription.queue(), null, List.of(new SimpleGrantedAuthority("SUBSCRIBER"))));
  }
}
