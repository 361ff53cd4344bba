package io.gatehouse.security;

import com.nimbusds.jose.util.Resource;
import io.gatehouse.GatehouseProperties;
import io.gatehouse.access.ApiTokens;
import io.gatehouse.edge.RateLimits;
import io.gatehouse.edge.ScimResponse;
import io.gatehouse.lifecycle.Pseudonym;
import io.gatehouse.scim.ScimError;
import io.gatehouse.server.MemoryBudget;
import io.gatehouse.signin.CredentialOwners;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.CallActivity;
import io.gatehouse.tenant.Credentials;
import io.gatehouse.tenant.SecretCipher;
import io.gatehouse.webhook.WebhookConnections;
import io.gatehouse.webhookclient.DocumentFetcher;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/**
 * One filter chain for SCIM, one for webhooks, one for the portal, one for everything else; other
 * requests are denied.
 */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

  @Bean
  AdminToken adminToken(GatehouseProperties settings) throws IOException {
    return AdminToken.of(settings);
  }

  @Bean
  Pseudonym pseudonym(GatehouseProperties settings) throws IOException {
    return new Pseudonym(
        OperatorSecret.of(OperatorSecret.ERASURE_KEY, settings.erasureKey(), settings.data()));
  }

  @Bean
  SecretCipher secretCipher(GatehouseProperties settings) throws IOException {
    return new SecretCipher(
        OperatorSecret.of(OperatorSecret.SECRET_KEY, settings.secretKey(), settings.data()));
  }

  @Bean
  CredentialCache credentialCache(
      Credentials credentials,
      GatehouseProperties settings,
      Clock clock,
      DocumentFetcher documentFetcher) {
    EntraTokens entra =
        new EntraTokens(
            new BatchLoader<>("sign-in-entra", credentials::entraHolders),
            settings.entra().authority(),
            clock,
            url -> keys(documentFetcher, url));
    return new CredentialCache(
        new BatchLoader<>("sign-in-scim", credentials::holders), entra, clock);
  }

  @Bean
  ApiTokenCache apiTokenCache(ApiTokens tokens, Clock clock) {
    return new ApiTokenCache(new BatchLoader<>("sign-in-admin", tokens::live), clock);
  }

  private static Resource keys(DocumentFetcher documentFetcher, URL url) throws IOException {
    return new Resource(documentFetcher.text(URI.create(url.toString())), "application/json");
  }

  /** There are no passwords; without this bean, Spring Boot would generate one and log it. */
  @Bean
  UserDetailsService nobody() {
    return new InMemoryUserDetailsManager();
  }

  /**
   * Wraps no filter in an observation: it would take a tenth of the CPU of a read, and Gatehouse
   * has no span or metric of it.
   */
  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  @Order(1)
  SecurityFilterChain scim(
      HttpSecurity http,
      CredentialCache credentials,
      RateLimits rateLimits,
      MemoryBudget budget,
      SignInGuard signInGuard,
      CredentialOwners owners,
      CallActivity calls)
      throws Exception {
    return stateless(
            http.securityMatcher("/scim/**"),
            new ScimAuthentication(credentials, rateLimits, signInGuard, owners),
            SecurityConfiguration::unauthorized)
        .anonymous(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCIM"))
        .addFilterBefore(new CallRecorder(calls), ScimAuthentication.class)
        .addFilterAfter(new ReadableRequestFilter(), AuthorizationFilter.class)
        .addFilterAfter(BodyLimits.ofScim(budget), ReadableRequestFilter.class)
        .build();
  }

  /** Webhooks have no sign-in here; the route of the IdP verifies each call over its bytes. */
  @Bean
  @Order(2)
  SecurityFilterChain webhookDoor(
      HttpSecurity http,
      WebhookConnections connections,
      MemoryBudget budget,
      SignInGuard signInGuard)
      throws Exception {
    return stateless(
            http.securityMatcher("/webhooks/**"),
            BodyLimits.ofWebhooks(connections, budget, signInGuard),
            SecurityConfiguration::unauthorized)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain admin(
      HttpSecurity http,
      AdminToken token,
      ApiTokenCache tokens,
      MemoryBudget budget,
      SignInGuard signInGuard)
      throws Exception {
    return stateless(
            http,
            new AdminAuthentication(token, tokens, signInGuard),
            SecurityConfiguration::unauthorized)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers("/", "/actuator/health/**", "/asyncapi.yaml")
                    .permitAll()
                    .requestMatchers("/admin/**")
                    .hasAuthority("ADMIN")
                    // They are about the gateway, and not about a tenant.
                    .requestMatchers("/actuator/**")
                    .hasAuthority(AdministratorAuthentication.ALL_TENANTS)
                    .anyRequest()
                    .denyAll())
        .addFilterAfter(new ReadableQueryFilter(), AuthorizationFilter.class)
        .addFilterAfter(BodyLimits.ofAdministrators(budget), ReadableQueryFilter.class)
        .build();
  }

  /** Writes the answer to a request that is not authenticated. */
  public interface Refusing {
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  public static HttpSecurity stateless(HttpSecurity http, Filter authentication, Refusing refusing)
      throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(
            it ->
                it.authenticationEntryPoint(
                        (request, response, e) -> refusing.answer(request, response))
                    .accessDeniedHandler((request, response, e) -> forbidden(request, response)))
        .addFilterBefore(authentication, AnonymousAuthenticationFilter.class);
  }

  /** The credential is good, but not for this address. */
  private static void forbidden(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String detail =
        request.getRequestURI().startsWith("/actuator/")
            ? "This needs an administrator of all tenants."
            : "The credential does not permit this.";
    ErrorResponses.error(response, request.getRequestURI(), HttpStatus.FORBIDDEN, detail);
  }

  private static void unauthorized(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean given = request.getHeader("Authorization") != null;
    String challenge = "Bearer realm=\"gatehouse\"" + (given ? ", error=\"invalid_token\"" : "");
    String detail = given ? "The bearer token is not valid." : "A bearer token is required.";
    if (ErrorResponses.isScim(request.getRequestURI())) {
      ScimResponse refusal = ScimResponse.refusal(new ScimError(401, null, detail));
      ErrorResponses.write(
          response, new ScimResponse(401, Map.of("WWW-Authenticate", challenge), refusal.body()));
    } else {
      response.setHeader("WWW-Authenticate", challenge);
      ErrorResponses.problem(response, HttpStatus.UNAUTHORIZED, detail);
    }
  }
}
