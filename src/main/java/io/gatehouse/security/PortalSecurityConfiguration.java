package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.access.Sessions;
import io.gatehouse.server.MemoryBudget;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The filter chain of the portal, {@code /admin} without the admin API. */
@Configuration(proxyBeanMethods = false)
class PortalSecurityConfiguration {

  /** Only the gateway's own files, no inline scripts or styles, in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  @Bean
  PasswordEncoder passwordEncoder() {
    return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  }

  @Bean
  SessionCookie sessionCookie(GatehouseProperties settings) {
    boolean https =
        settings.publicUrl() == null
            ? settings.tls().isOn()
            : "https".equals(settings.publicUrl().getScheme());
    return new SessionCookie(https);
  }

  @Bean
  SessionCache sessionCache(Sessions sessions, Clock clock) {
    return new SessionCache(sessions, clock);
  }

  @Bean
  @Order(3)
  SecurityFilterChain portal(
      HttpSecurity http,
      SessionCookie cookie,
      SessionCache sessions,
      OidcSignIn oidcSignIn,
      MemoryBudget budget)
      throws Exception {
    oidcSignIn.arrange(http);
    return withoutState(http, ReferrerPolicy.SAME_ORIGIN)
        .securityMatcher(portalPaths())
        .csrf(
            it ->
                it.csrfTokenRepository(csrfTokens(cookie))
                    // Else each request would be a new sign-in, with a new token.
                    .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
        .exceptionHandling(
            it ->
                it.authenticationEntryPoint((request, response, e) -> toSignIn(request, response))
                    .accessDeniedHandler((request, response, e) -> toRefusal(request, response)))
        .authorizeHttpRequests(PortalSecurityConfiguration::permit)
        .addFilterBefore(new SessionAuthentication(cookie, sessions), CsrfFilter.class)
        .addFilterBefore(new ReadableQueryFilter(), CsrfFilter.class)
        .addFilterBefore(BodyLimits.ofPortal(budget), CsrfFilter.class)
        .build();
  }

  /**
   * The pages of setup links. The token in the address is the only credential: there is no cookie,
   * so that no other site can use it, and the address is given to no other page.
   */
  @Bean
  @Order(2)
  SecurityFilterChain setupLinksChain(HttpSecurity http, MemoryBudget budget) throws Exception {
    return withoutState(http, ReferrerPolicy.NO_REFERRER)
        .securityMatcher("/admin/setup/**")
        .csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(it -> it.anyRequest().permitAll())
        .addFilterBefore(BodyLimits.ofPortal(budget), AnonymousAuthenticationFilter.class)
        .build();
  }

  /** A stream that goes on was permitted when it began. */
  private static void permit(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          requests) {
    requests
        .dispatcherTypeMatchers(DispatcherType.ASYNC)
        .permitAll()
        .requestMatchers("/admin/sign-in", "/admin/sign-in/**", "/admin/assets/**")
        .permitAll()
        .anyRequest()
        .hasAuthority("PORTAL");
  }

  private static HttpSecurity withoutState(HttpSecurity http, ReferrerPolicy referrer)
      throws Exception {
    return http.requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            it ->
                it.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                    .referrerPolicy(policy -> policy.policy(referrer)));
  }

  private static CookieCsrfTokenRepository csrfTokens(SessionCookie cookie) {
    CookieCsrfTokenRepository csrf = new CookieCsrfTokenRepository();
    csrf.setCookieName((cookie.secure() ? "__Host-" : "") + "gatehouse-csrf");
    csrf.setCookieCustomizer(it -> it.secure(cookie.secure()).sameSite("Strict").path("/"));
    return csrf;
  }

  private static RequestMatcher portalPaths() {
    PathPatternRequestMatcher.Builder path = PathPatternRequestMatcher.withDefaults();
    return new AndRequestMatcher(
        new OrRequestMatcher(path.matcher("/admin"), path.matcher("/admin/**")),
        new NegatedRequestMatcher(path.matcher("/admin/api/**")));
  }

  private static void toRefusal(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean signedIn = SecurityContextHolder.getContext().getAuthentication() != null;
    if (signedIn || request.getRequestURI().startsWith("/admin/sign-in")) {
      request.getRequestDispatcher("/admin/sign-in/refused").forward(request, response);
    } else {
      toSignIn(request, response);
    }
  }

  /** Leads to the sign-in, and from there back to the page; a part of a page leads its page. */
  private static void toSignIn(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean part = request.getHeader("HX-Request") != null;
    String wanted =
        part ? page(request) : request.getMethod().equals("GET") ? address(request) : null;
    String page = PortalPaths.within(wanted);
    String target =
        "/admin/sign-in"
            + (page.equals("/admin")
                ? ""
                : "?next=" + URLEncoder.encode(page, StandardCharsets.UTF_8));
    if (part) {
      response.setHeader("HX-Redirect", target);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      response.sendRedirect(target);
    }
  }

  private static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  /** The page that a part belongs to, as the browser names it. */
  private static @Nullable String page(HttpServletRequest request) {
    String page = request.getHeader("HX-Current-URL");
    return page == null ? null : PortalPaths.local(page);
  }
}
