package io.gatehouse.security;

import io.gatehouse.TenantScope;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.Subscriptions;
import io.gatehouse.directory.StoreUnavailableException;
import io.gatehouse.edge.Token;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the subscription by the user name and the password that also open its queue. */
final class SubscriberAuthentication extends OncePerRequestFilter {

  private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();
  private final Subscriptions subscriptions;

  SubscriberAuthentication(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Subscription> holder;
    try {
      holder = holder(request);
    } catch (StoreUnavailableException e) {
      response.setHeader("Retry-After", "5");
      Answers.problem(
          response, HttpStatus.SERVICE_UNAVAILABLE, "Credentials cannot be checked at the moment.");
      return;
    }
    if (holder.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    admit(request, holder.get());
    try (TenantScope scope = TenantScope.of(holder.get().tenant())) {
      chain.doFilter(request, response);
    }
  }

  /** One look-up whether the name is known or not, so that its time tells nothing. */
  private Optional<Subscription> holder(HttpServletRequest request) {
    try {
      var given = basic.convert(request);
      return given == null || given.getName().indexOf('\0') >= 0 // PostgreSQL takes no such text
          ? Optional.empty()
          : subscriptions.holder(
              given.getName(), new Token(String.valueOf(given.getCredentials())).hash());
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
