package io.gatehouse.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.tenant.BatchLoader;
import io.gatehouse.tenant.BearerToken;
import io.gatehouse.tenant.Connections.Holder;
import io.gatehouse.tenant.EntraLogin;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens that Entra ID issues, for connections that accept them (quirk ENTRA-06). The
 * claims find the connection, and are trusted only after the signature is verified.
 */
final class EntraTokens {

  /** The application id of Entra's provisioning, equal in all tenants; no other one is accepted. */
  private static final String SYNC_FABRIC = "00000014-0000-0000-c000-000000000000";

  private static final Duration LEEWAY = Duration.ofSeconds(60);

  private final BatchLoader<EntraLogin, List<Holder>> connections;
  private final URI authority;
  private final Clock clock;
  private final ResourceRetriever retriever;
  private final Map<UUID, PublishedKeys> keys = new ConcurrentHashMap<>();

  /**
   * Creates a verifier.
   *
   * @param authority the base URL of the keys of a tenant at {@code /{tenant}/discovery/keys}
   * @param retriever fetches the keys
   */
  EntraTokens(
      BatchLoader<EntraLogin, List<Holder>> connections,
      URI authority,
      Clock clock,
      ResourceRetriever retriever) {
    this.retriever = retriever;
    this.connections = connections;
    this.authority = authority;
    this.clock = clock;
  }

  /** The holder of a token, and its expiry. */
  record Proof(Holder holder, Instant expires) {}

  /** Whether a token has the form of a JWT; the gateway's own tokens have no dots. */
  static boolean mayBe(BearerToken token) {
    return token.secret().chars().filter(it -> it == '.').count() == 2;
  }

  /**
   * Finds the holder.
   *
   * @return empty when the token is wrong
   * @throws StoreUnavailableException when the holder cannot be determined
   */
  Optional<Proof> proof(BearerToken token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token.secret());
      Optional<EntraLogin> claimed = claimed(jwt.getJWTClaimsSet());
      List<Holder> holders = claimed.flatMap(connections::find).orElse(List.of());
      return holders.size() == 1
          ? Optional.of(new Proof(holders.get(0), expiry(jwt, claimed.orElseThrow())))
          : Optional.empty();
    } catch (KeySourceException e) {
      throw new StoreUnavailableException("The keys of Entra ID cannot be fetched now", e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  /** The claimed tenant and audience, not yet verified. */
  private static Optional<EntraLogin> claimed(JWTClaimsSet claims) throws ParseException {
    String tenant = claims.getStringClaim("tid");
    return tenant == null || claims.getAudience().size() != 1
        ? Optional.empty()
        : EntraLogin.of(tenant, String.valueOf(claims.getAudience().get(0)));
  }

  /** Verifies the token and returns its expiry. */
  private Instant expiry(SignedJWT jwt, EntraLogin login) throws BadJOSEException, JOSEException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.RS256, keys.computeIfAbsent(login.tenant(), this::keysOf)));
    processor.setJWTClaimsSetVerifier((claims, context) -> require(claims, login));
    return processor.process(jwt, null).getExpirationTime().toInstant();
  }

  private PublishedKeys keysOf(UUID tenant) {
    String base = authority.toString().replaceAll("/+$", "");
    try {
      return new PublishedKeys(
          URI.create(base + "/" + tenant + "/discovery/keys").toURL(), retriever);
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void require(JWTClaimsSet claims, EntraLogin login) throws BadJWTException {
    Object application = claims.getClaim(claims.getClaim("appid") == null ? "azp" : "appid");
    if (!("https://sts.windows.net/" + login.tenant() + "/").equals(claims.getIssuer())
        || !SYNC_FABRIC.equals(application)) {
      throw new BadJWTException("not from Entra's provisioning");
    }
    if (!isNow(claims.getNotBeforeTime(), claims.getExpirationTime())) {
      throw new BadJWTException("not now");
    }
  }

  private boolean isNow(@Nullable Date from, @Nullable Date to) {
    Instant now = clock.instant();
    return to != null
        && now.isBefore(to.toInstant().plus(LEEWAY))
        && (from == null || !now.isBefore(from.toInstant().minus(LEEWAY)));
  }
}
