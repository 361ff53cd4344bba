package io.gatehouse.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import io.gatehouse.webhook.RefusedWebhookException;
import io.gatehouse.webhook.StepParameters;
import io.gatehouse.webhook.TokenErrors;
import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WebhookStep;
import io.gatehouse.webhook.WrongParameterException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies a body that is a security event token (RFC 8417, pushed by RFC 8935), signed with a
 * secret of the connection, or with a published key of its issuer.
 */
public final class SecurityEventTokens implements WebhookStep {

  /** The parameters that a route file may set. */
  public static final List<String> PARAMETERS = List.of("keys", "issuer", "audience", "type");

  private static final String TYPE = "secevent+jwt";
  private static final String MEDIA = "application/";

  private final Optional<PublishedKeys> keys;
  private final Optional<String> issuer;
  private final Optional<String> audience;
  private final String type;
  private final Clock clock;

  /** Creates the step with the parameters of a route file. */
  public SecurityEventTokens(StepParameters parameters, Clock clock) {
    this.keys = parameters.find("keys").map(it -> new PublishedKeys(url(it)));
    this.issuer = parameters.find("issuer");
    this.audience = parameters.find("audience");
    this.type = parameters.find("type").orElse(TYPE);
    this.clock = clock;
  }

  private static URL url(String text) {
    try {
      if (text.startsWith("https://") || text.startsWith("http://")) {
        return URI.create(text).toURL();
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new WrongParameterException("keys", "must be a URL");
    }
    throw new WrongParameterException("keys", "must be a URL");
  }

  @Override
  public WebhookExchange process(WebhookExchange exchange) {
    if (!exchange.call().is("POST")) {
      throw RefusedWebhookException.of(405, "Only POST brings events here.");
    }
    try {
      String text = new String(exchange.call().body(), StandardCharsets.US_ASCII).strip();
      SignedJWT token = SignedJWT.parse(text);
      requireSigned(token, exchange);
      requireMeant(token.getJWTClaimsSet());
      return exchange
          .withEvents(Json.values(token.getPayload().toBytes()))
          .proven(token.getJWTClaimsSet().getJWTID());
    } catch (ParseException | ScimException e) {
      throw TokenErrors.INVALID_REQUEST.refusal();
    }
  }

  private void requireSigned(SignedJWT token, WebhookExchange exchange) {
    String given = token.getHeader().getType() == null ? "" : token.getHeader().getType().getType();
    if (!type.equalsIgnoreCase(given) && !(MEDIA + type).equalsIgnoreCase(given)) {
      throw TokenErrors.INVALID_REQUEST.refusal();
    }
    if (!(keys.isPresent() ? isSigned(token, keys.get()) : isSigned(token, exchange))) {
      throw TokenErrors.INVALID_KEY.refusal();
    }
  }

  private static boolean isSigned(SignedJWT token, WebhookExchange exchange) {
    boolean signed = false;
    for (String secret : exchange.connection().requireSecrets()) {
      signed |= isSigned(token, secret.getBytes(StandardCharsets.UTF_8));
    }
    return signed;
  }

  /** Whether the token is signed with this secret; a secret that is too short never matches. */
  private static boolean isSigned(SignedJWT token, byte[] secret) {
    try {
      return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
          && token.verify(new MACVerifier(secret));
    } catch (JOSEException e) {
      return false;
    }
  }

  private static boolean isSigned(JWSObject token, PublishedKeys keys) {
    DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();
    processor.setJWSTypeVerifier((given, context) -> {});
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys));
    try {
      processor.process(token, null);
      return true;
    } catch (KeySourceException e) {
      throw RefusedWebhookException.of(503, "The keys of the issuer cannot be fetched now.");
    } catch (BadJOSEException | JOSEException e) {
      return false;
    }
  }

  /** Checks the claims. Such a token needs no expiry; if it has one, it is refused after that. */
  private void requireMeant(JWTClaimsSet claims) {
    if (issuer.isPresent() && !issuer.get().equals(claims.getIssuer())) {
      throw TokenErrors.INVALID_ISSUER.refusal();
    }
    if (audience.isPresent() && !claims.getAudience().contains(audience.get())) {
      throw TokenErrors.INVALID_AUDIENCE.refusal();
    }
    boolean expired =
        claims.getExpirationTime() != null
            && !clock.instant().isBefore(claims.getExpirationTime().toInstant());
    if (expired || claims.getJWTID() == null) {
      throw TokenErrors.INVALID_REQUEST.refusal();
    }
  }
}
