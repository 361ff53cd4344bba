package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.edge.Connections;
import io.gatehouse.edge.ScimAnswer;
import io.gatehouse.scim.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** One chain for SCIM, one for everything else; what neither allows is denied. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  AdminToken adminToken(GatehouseProperties settings) throws IOException {
    return AdminToken.of(settings);
  }

  @Bean
  CredentialCache credentialCache(Connections connections, Clock clock) {
    return new CredentialCache(connections, clock);
  }

  /** There are no passwords here; without this, Spring Boot would make one up and log it. */
  @Bean
  UserDetailsService nobody() {
    return new InMemoryUserDetailsManager();
  }

  @Bean
  @Order(1)
  SecurityFilterChain scim(HttpSecurity http, CredentialCache credentials) throws Exception {
    return stateless(http.securityMatcher("/scim/**"), new ScimAuthentication(credentials))
        .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCIM"))
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain admin(HttpSecurity http, AdminToken token) throws Exception {
    return stateless(http, new AdminAuthentication(token))
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers("/actuator/health/**")
                    .permitAll()
                    .requestMatchers("/admin/**", "/actuator/**")
                    .hasAuthority("ADMIN")
                    .anyRequest()
                    .denyAll())
        .build();
  }

  private static HttpSecurity stateless(HttpSecurity http, Filter authentication) throws Exception {
    return http.csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(
            it ->
                it.authenticationEntryPoint(
                        (request, response, e) -> unauthorized(request, response))
                    .accessDeniedHandler((request, response, e) -> unauthorized(request, response)))
        .addFilterBefore(authentication, AnonymousAuthenticationFilter.class);
  }

  private static void unauthorized(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean given = request.getHeader("Authorization") != null;
    String challenge = "Bearer realm=\"gatehouse\"" + (given ? ", error=\"invalid_token\"" : "");
    String detail = given ? "The bearer token is not valid." : "A bearer token is required.";
    if (Answers.isScim(request)) {
      ScimAnswer refusal = ScimAnswer.refusal(new Refusal(401, null, detail));
      Answers.write(
          response, new ScimAnswer(401, Map.of("WWW-Authenticate", challenge), refusal.body()));
    } else {
      response.setHeader("WWW-Authenticate", challenge);
      Answers.problem(response, HttpStatus.UNAUTHORIZED, detail);
    }
  }

  /** Paths that no client needs, such as encoded slashes, get an error body too. */
  @Bean
  RequestRejectedHandler malformedUrls() {
    return (request, response, e) ->
        Answers.write(
            response,
            ScimAnswer.refusal(
                new Refusal(400, null, "The URL has characters that are not allowed.")));
  }
}
