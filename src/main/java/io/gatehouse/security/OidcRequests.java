package io.gatehouse.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Makes the requests that lead administrators to the OIDC provider: authorization code with PKCE
 * (RFC 7636), state and nonce. With the parameter {@code again}, the provider is told to ask for
 * the credentials anew (OpenID Connect Core section 3.1.2.1).
 */
final class OidcRequests implements OAuth2AuthorizationRequestResolver {

  /** Attributes of a request: where the sign-in leads, and whether it is a new proof. */
  static final String NEXT = "next";

  static final String AGAIN = "again";

  private static final Logger LOG = LoggerFactory.getLogger(OidcRequests.class);

  private final DefaultOAuth2AuthorizationRequestResolver requests;

  OidcRequests(ClientRegistrationRepository provider) {
    requests = new DefaultOAuth2AuthorizationRequestResolver(provider, OidcSignIn.BASE);
    requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
  }

  /** Null for other addresses, and when the provider is unavailable; then a page says so. */
  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
    if (!request.getRequestURI().equals(OidcSignIn.START)) {
      return null;
    }
    try {
      return with(request, requests.resolve(request));
    } catch (RuntimeException e) {
      LOG.warn("The OIDC provider is not available: {}", e.toString());
      return null;
    }
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
    return resolve(request);
  }

  private static @Nullable OAuth2AuthorizationRequest with(
      HttpServletRequest request, @Nullable OAuth2AuthorizationRequest made) {
    if (made == null) {
      return null;
    }
    boolean again = request.getParameter(AGAIN) != null;
    return OAuth2AuthorizationRequest.from(made)
        .attributes(
            it -> {
              it.put(NEXT, PortalPaths.within(request.getParameter(NEXT)));
              it.put(AGAIN, String.valueOf(again));
            })
        .additionalParameters(
            it -> {
              if (again) {
                it.put("prompt", "login");
                it.put("max_age", "0");
              }
            })
        .build();
  }
}
