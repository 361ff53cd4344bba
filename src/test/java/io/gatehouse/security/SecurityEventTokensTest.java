package io.gatehouse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.support.EntraAuthority;
import io.gatehouse.webhook.RefusedWebhookException;
import io.gatehouse.webhook.StepParameters;
import io.gatehouse.webhook.WebhookCall;
import io.gatehouse.webhook.WebhookConnection;
import io.gatehouse.webhook.WebhookExchange;
import io.gatehouse.webhook.WrongParameterException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A security event token is believed when its issuer has signed it, and means us. */
class SecurityEventTokensTest {

  private static final String SECRET = "a-secret-of-more-than-32-characters";
  private static final String TYPE = "secevent+jwt";

  private final EntraAuthority issuer = EntraAuthority.shared();
  private final String keys =
      issuer.setting().substring(issuer.setting().indexOf('=') + 1) + "/" + UUID.randomUUID();

  @AfterEach
  void comeBack() {
    issuer.down(false);
  }

  @Test
  void takesATokenSignedWithAKeyThatIsPublished() {
    WebhookExchange taken = take(Map.of("keys", keys), rsa(claims(), TYPE, issuer.key()));

    assertThat(taken.content().events()).hasSize(1);
    assertThat(taken.content().events().get(0).path("iss").asText()).isEqualTo("https://iss");
    assertThat(taken.content().proof()).isEqualTo("j1");
  }

  @Test
  void takesTheLongFormOfTheType() {
    assertThat(
            take(Map.of("keys", keys), rsa(claims(), "application/" + TYPE, issuer.key()))
                .content()
                .events())
        .hasSize(1);
  }

  @Test
  void refusesOtherKeysAndAlgorithms() {
    requireError(
        "invalid_key", Map.of("keys", keys), rsa(claims(), TYPE, EntraAuthority.key("known")));
    requireError(
        "invalid_key", Map.of("keys", keys), rsa(claims(), TYPE, EntraAuthority.key("new")));
    requireError("invalid_key", Map.of("keys", keys), hmac(SECRET));
    requireError("invalid_key", Map.of(), hmac("another-secret-of-more-than-32-chars"));
    requireError("invalid_key", Map.of(), rsa(claims(), TYPE, issuer.key()));
    requireError("invalid_request", Map.of(), new PlainJWT(claims().build()).serialize());
  }

  @Test
  void refusesWhatIsMeantForSomebodyElse() {
    String token = hmac(SECRET);

    assertThat(take(Map.of("issuer", "https://iss", "audience", "us"), token).content().events())
        .hasSize(1);
    requireError("invalid_issuer", Map.of("issuer", "https://other"), token);
    requireError("invalid_audience", Map.of("audience", "them"), token);
  }

  @Test
  void refusesWhatIsNoEventTokenOrHasEnded() {
    requireError("invalid_request", Map.of("keys", keys), rsa(claims(), "JWT", issuer.key()));
    requireError("invalid_request", Map.of("keys", keys), rsa(claims(), null, issuer.key()));
    requireError(
        "invalid_request", Map.of("keys", keys), rsa(claims().jwtID(null), TYPE, issuer.key()));
    requireError(
        "invalid_request",
        Map.of("keys", keys),
        rsa(claims().expirationTime(Date.from(Instant.EPOCH)), TYPE, issuer.key()));
  }

  @Test
  void asksToSendItAgainWhileTheKeysAreAway() {
    issuer.down(true);

    assertThatThrownBy(() -> take(Map.of("keys", keys), rsa(claims(), TYPE, issuer.key())))
        .isInstanceOfSatisfying(
            RefusedWebhookException.class, it -> assertThat(it.answer().status()).isEqualTo(503));
  }

  @Test
  void refusesARouteFileWithAnAddressThatIsNone() {
    assertThatThrownBy(() -> take(Map.of("keys", "file:/etc/passwd"), ""))
        .isInstanceOf(WrongParameterException.class);
  }

  private static void requireError(String error, Map<String, String> parameters, String token) {
    assertThatThrownBy(() -> take(parameters, token))
        .isInstanceOfSatisfying(
            RefusedWebhookException.class,
            it -> {
              assertThat(it.answer().status()).isEqualTo(400);
              assertThat(it.answer().body()).contains("\"err\":\"" + error + "\"");
            });
  }

  private static WebhookExchange take(Map<String, String> parameters, String token) {
    WebhookCall call =
        new WebhookCall("POST", "", Map.of(), token.getBytes(StandardCharsets.UTF_8));
    WebhookConnection connection =
        new WebhookConnection(UUID.randomUUID(), "ssf", List.of(SECRET), feed -> true);
    return new SecurityEventTokens(new StepParameters(new HashMap<>(parameters)), Clock.systemUTC())
        .process(WebhookExchange.of(call, connection));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("https://iss")
        .audience("us")
        .jwtID("j1")
        .claim("events", Map.of("urn:x", Map.of()));
  }

  private static String rsa(JWTClaimsSet.Builder claims, String type, RSAKey key) {
    try {
      JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
      return sign(header, type, claims, new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(String secret) {
    try {
      return sign(new JWSHeader.Builder(JWSAlgorithm.HS256), TYPE, claims(), new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String sign(
      JWSHeader.Builder header, String type, JWTClaimsSet.Builder claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            header.type(type == null ? null : new JOSEObjectType(type)).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }
}
