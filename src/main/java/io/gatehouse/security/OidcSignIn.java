package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.access.Account;
import io.gatehouse.access.Accounts;
import io.gatehouse.access.Sessions;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.Connections;
import io.gatehouse.tenant.SecretCipher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/** Signs administrators in to the portal at an OIDC provider, where one is configured. */
@Component
public final class OidcSignIn {

  static final String BASE = "/admin/sign-in";

  /** The address that leads to the provider. */
  public static final String START = BASE + "/" + OidcProvider.ID;

  /** The address to which the provider leads back. */
  static final String CALLBACK = START + "/callback";

  private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);

  /** How far the clock of the provider may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final GatehouseProperties settings;
  private final PortalSignIn portalSignIn;
  private final SessionCache cache;
  private final OidcAccounts accounts;
  private final OidcRequestCookie requestCookie;
  private final Clock clock;

  OidcSignIn(
      GatehouseProperties settings,
      PortalSignIn portalSignIn,
      SessionCache cache,
      SessionCookie sessionCookie,
      SecretCipher cipher,
      Accounts accounts,
      Sessions sessions,
      Connections connections,
      AuditLog audit,
      Clock clock) {
    this.settings = settings;
    this.portalSignIn = portalSignIn;
    this.cache = cache;
    this.clock = clock;
    this.accounts =
        new OidcAccounts(settings.oidc(), accounts, sessions, connections, audit, clock);
    this.requestCookie = new OidcRequestCookie(cipher, sessionCookie, clock);
  }

  /** The name of the provider; empty when none is configured. */
  public Optional<String> provider() {
    return settings.oidc().isOn() ? Optional.of(settings.oidc().name()) : Optional.empty();
  }

  /** Adds the sign-in to the filter chain of the portal. */
  void arrange(HttpSecurity http) throws Exception {
    if (!settings.oidc().isOn()) {
      return;
    }
    OidcProvider provider = new OidcProvider(settings);
    http.oauth2Login(
        it ->
            it.loginPage(BASE)
                .loginProcessingUrl(CALLBACK)
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoAuthorizedClients())
                .authorizationEndpoint(
                    point ->
                        point
                            .authorizationRequestResolver(new OidcRequests(provider))
                            .authorizationRequestRepository(requestCookie))
                .successHandler(this::succeeded)
                .failureHandler(this::failed));
  }

  private void succeeded(
      HttpServletRequest request, HttpServletResponse response, Authentication authentication)
      throws IOException {
    SecurityContextHolder.clearContext();
    if (!(authentication.getPrincipal() instanceof OidcUser user)) {
      refuse(response, "failed");
      return;
    }
    try {
      Optional<Account> account = accounts.of(user);
      cache.clear();
      if (account.isEmpty()) {
        refuse(response, "no-role");
        return;
      }
      boolean proven = isProven(user);
      portalSignIn.open(account.get(), proven, request, response);
      if (!proven && isAgain(request)) {
        refuse(response, "unproven");
        return;
      }
      response.sendRedirect(
          PortalPaths.within(OidcRequestCookie.attribute(request, OidcRequests.NEXT)));
    } catch (DataAccessException | StoreUnavailableException e) {
      LOG.warn("A sign-in failed", e);
      refuse(response, "unavailable");
    }
  }

  private static boolean isAgain(HttpServletRequest request) {
    return Boolean.parseBoolean(OidcRequestCookie.attribute(request, OidcRequests.AGAIN));
  }

  /**
   * Whether the provider has asked for the credentials within the last minutes. It must say when,
   * in {@code auth_time} (OpenID Connect Core sections 2 and 3.1.2.1: with {@code max_age} the
   * claim is required); one that does not is not believed.
   */
  private boolean isProven(OidcUser user) {
    @Nullable Instant at = user.getAuthenticatedAt();
    Instant now = clock.instant();
    return at != null && at.plus(Sessions.CONFIRMED).isAfter(now) && at.minus(SKEW).isBefore(now);
  }

  private void failed(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    // Not the message: it may have the whole answer of the provider.
    LOG.warn(
        "A sign-in at the OIDC provider failed: {}",
        e instanceof OAuth2AuthenticationException it
            ? it.getError().getErrorCode()
            : e.getClass().getSimpleName());
    refuse(response, "failed");
  }

  private static void refuse(HttpServletResponse response, String problem) throws IOException {
    response.sendRedirect(BASE + "?problem=" + problem);
  }
}
