package io.gatehouse.feedapi;

import io.gatehouse.delivery.queue.Subscriptions;
import io.gatehouse.security.ErrorResponses;
import io.gatehouse.security.SecurityConfiguration;
import io.gatehouse.security.SignInGuard;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.tenant.BatchLoader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The security filter chain of the feed, which admits subscribers only. */
@Configuration(proxyBeanMethods = false)
class FeedSecurity {

  @Bean
  @Order(0)
  SecurityFilterChain subscribers(
      HttpSecurity http,
      @Qualifier("signInSubscriptions") Subscriptions subscriptions,
      SignInGuard signInGuard,
      CredentialOwners owners)
      throws Exception {
    return SecurityConfiguration.stateless(
            http.securityMatcher("/events", "/events/**"),
            new SubscriberAuthentication(
                new BatchLoader<>("sign-in-events", subscriptions::holders), signInGuard, owners),
            FeedSecurity::unauthorized)
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SUBSCRIBER"))
        .build();
  }

  private static void unauthorized(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Basic realm=\"gatehouse\", charset=\"UTF-8\"");
    ErrorResponses.problem(
        response,
        HttpStatus.UNAUTHORIZED,
        "The user name and the password of a subscription are required.");
  }
}
