package io.gatehouse.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.tenant.SecretCipher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Keeps a request to the OIDC provider, with its state, nonce and code verifier, in an encrypted
 * cookie of the browser that it came from, for ten minutes.
 */
final class OidcRequestCookie
    implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String NAME = "gatehouse-oidc";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final SecretCipher cipher;
  private final Clock clock;
  private final String name;
  private final boolean secure;

  OidcRequestCookie(SecretCipher cipher, SessionCookie sessionCookie, Clock clock) {
    this.cipher = cipher;
    this.clock = clock;
    this.secure = sessionCookie.secure();
    this.name = secure ? "__Host-" + NAME : NAME;
  }

  @Override
  public void saveAuthorizationRequest(
      @Nullable OAuth2AuthorizationRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (wanted == null) {
      write(response, "", Duration.ZERO);
    } else {
      write(response, cipher.encrypt(Json.text(json(wanted))), LONGEST);
    }
  }

  private ObjectNode json(OAuth2AuthorizationRequest it) {
    ObjectNode json = Json.object();
    json.put("purpose", NAME);
    json.put("until", clock.instant().plus(LONGEST).toString());
    json.put("authorizationUri", it.getAuthorizationUri());
    json.put("clientId", it.getClientId());
    json.put("redirectUri", it.getRedirectUri());
    json.put("state", it.getState());
    it.getScopes().forEach(json.withArray("scopes")::add);
    put(json.putObject("attributes"), it.getAttributes());
    put(json.putObject("parameters"), it.getAdditionalParameters());
    return json;
  }

  private static void put(ObjectNode json, Map<String, Object> values) {
    values.forEach((key, value) -> json.put(key, value.toString()));
  }

  /** The request of this browser whose state came back; null when there is none. */
  @Override
  public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    String state = request.getParameter("state");
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        OAuth2AuthorizationRequest kept = read(cookie.getValue());
        return kept != null && state != null && state.equals(kept.getState()) ? kept : null;
      }
    }
    return null;
  }

  private @Nullable OAuth2AuthorizationRequest read(String sealed) {
    try {
      ObjectNode json = Json.stored(cipher.decrypt(sealed));
      if (!NAME.equals(json.path("purpose").asText())
          || Instant.parse(json.path("until").asText()).isBefore(clock.instant())) {
        return null;
      }
      Set<String> scopes = new HashSet<>();
      json.path("scopes").forEach(it -> scopes.add(it.asText()));
      return OAuth2AuthorizationRequest.authorizationCode()
          .authorizationUri(json.path("authorizationUri").asText())
          .clientId(json.path("clientId").asText())
          .redirectUri(json.path("redirectUri").asText())
          .state(json.path("state").asText())
          .scopes(scopes)
          .attributes(values(json.path("attributes")))
          .additionalParameters(values(json.path("parameters")))
          .build();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return null; // sealed with another key, or not sealed by a gateway
    }
  }

  private static Map<String, Object> values(JsonNode json) {
    Map<String, Object> values = new HashMap<>();
    json.properties().forEach(it -> values.put(it.getKey(), it.getValue().asText()));
    return values;
  }

  @Override
  public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizationRequest kept = loadAuthorizationRequest(request);
    if (kept != null) {
      write(response, "", Duration.ZERO);
      request.setAttribute(NAME, kept);
    }
    return kept;
  }

  /** An attribute of the request that was removed in this call; null when there is none. */
  static @Nullable String attribute(HttpServletRequest request, String attribute) {
    return request.getAttribute(NAME) instanceof OAuth2AuthorizationRequest it
        ? it.getAttribute(attribute)
        : null;
  }

  private void write(HttpServletResponse response, String value, Duration age) {
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name, value)
            .httpOnly(true)
            .secure(secure)
            .sameSite("Lax")
            .path("/")
            .maxAge(age)
            .build()
            .toString());
  }
}
