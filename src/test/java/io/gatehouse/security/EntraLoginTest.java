package io.gatehouse.security;

import static io.gatehouse.support.EntraAuthority.claims;
import static io.gatehouse.support.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gatehouse.scim.Json;
import io.gatehouse.support.CapturedLog;
import io.gatehouse.support.EntraAuthority;
import io.gatehouse.support.Gateway;
import io.gatehouse.support.Gateway.Answer;
import io.gatehouse.support.ScimClient;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that Entra ID issues itself, where "Secret Token" is blank (ENTRA-06). */
class EntraLoginTest {

  private static final String FABRIC = EntraAuthority.SYNC_FABRIC;

  @RegisterExtension final CapturedLog log = new CapturedLog();
  private final EntraAuthority entra = EntraAuthority.shared();
  private final Gateway gateway = Gateway.shared();
  private final UUID tenant = UUID.randomUUID();
  private final ScimClient idp = gateway.connection("entra");

  @Test
  void letsEntraInBesideTheTokenOfTheConnection() {
    allow(idp, tenant);

    UUID ada = by(entra.sign(claims(tenant))).create(user("ada")).id();

    assertThat(idp.get(ada).status()).isEqualTo(200);
    assertThat(by(entra.sign(claims(tenant))).get(ada).status()).isEqualTo(200);
  }

  @Test
  void findsTheConnectionByTenantAndAudience() {
    UUID gallery = UUID.randomUUID();
    ScimClient other = gateway.connection("entra");
    allow(idp, tenant);
    allow(other, "{\"tenant\":\"%s\",\"audience\":\"%s\"}".formatted(tenant, gallery));
    idp.create(user("ada"));
    other.create(user("bob"));

    Answer first = list(entra.sign(claims(tenant)));
    Answer second = list(entra.sign(claims(tenant).audience(gallery.toString())));

    assertThat(first.json().at("/Resources/0/userName").asText()).isEqualTo("ada");
    assertThat(first.json().path("totalResults").asInt()).isEqualTo(1);
    assertThat(second.json().at("/Resources/0/userName").asText()).isEqualTo("bob");
    assertThat(second.json().path("totalResults").asInt()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("right")
  void takesWhatIsRight(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
    allow(idp, tenant);

    assertThat(list(entra.sign(change.apply(claims(tenant)))).status()).isEqualTo(200);
  }

  private static Stream<Arguments> right() {
    return Stream.of(
        claim("azp for appid", it -> it.claim("appid", null).claim("azp", FABRIC)),
        claim("a clock that is behind", it -> it.notBeforeTime(in(30))),
        claim("a clock that is ahead", it -> it.expirationTime(in(-30))),
        claim("no nbf", it -> it.notBeforeTime(null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void refusesWhatIsWrong(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
    allow(idp, tenant);

    requireWrong(list(entra.sign(change.apply(claims(tenant)))));
  }

  private static Stream<Arguments> wrong() {
    String other = UUID.randomUUID().toString();
    return Stream.of(
        claim(
            "the issuer of another tenant",
            it -> it.issuer("https://sts.windows.net/" + other + "/")),
        claim("an issuer without its slash", it -> it.issuer(cut(it.build().getIssuer()))),
        claim("no issuer", it -> it.issuer(null)),
        claim("another audience", it -> it.audience(other)),
        claim("an audience that is no GUID", it -> it.audience("x")),
        claim("no audience", it -> it.claim("aud", null)),
        claim("another tenant", it -> it.claim("tid", other)),
        claim("no tenant", it -> it.claim("tid", null)),
        claim("another application", it -> it.claim("appid", other)),
        claim("no application", it -> it.claim("appid", null)),
        claim("expired", it -> it.expirationTime(in(-90))),
        claim("without an end", it -> it.expirationTime(null)),
        claim("not yet valid", it -> it.notBeforeTime(in(90))));
  }

  private static Arguments claim(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.of(what, change);
  }

  private static String cut(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  @Test
  void refusesASignatureThatIsNotEntras() throws JOSEException {
    allow(idp, tenant);
    String good = entra.sign(claims(tenant));
    String[] parts = good.split("\\.");
    String plain = new PlainJWT(claims(tenant).build()).serialize();

    requireWrong(list(EntraAuthority.sign(claims(tenant), EntraAuthority.key("known"))));
    requireWrong(list(EntraAuthority.sign(claims(tenant), EntraAuthority.key("unknown"))));
    requireWrong(list(plain));
    requireWrong(list(plain + parts[2]));
    requireWrong(list(signedWithThePublicKeyAsASecret()));
    requireWrong(
        list(parts[0] + "." + entra.sign(claims(tenant)).split("\\.")[1] + "." + parts[2]));
    requireWrong(list("a.b.c"));
    requireWrong(list(".."));
    assertThat(log.text()).doesNotContain(parts[1]).doesNotContain(parts[2]);
  }

  private String signedWithThePublicKeyAsASecret() throws JOSEException {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("known").build();
    SignedJWT jwt = new SignedJWT(header, claims(tenant).build());
    jwt.sign(new MACSigner(entra.key().toRSAPublicKey().getEncoded()));
    return jwt.serialize();
  }

  @Test
  void refusesTheTenantOfAnotherConnectionUnderItsOwnIssuer() {
    UUID victim = UUID.randomUUID();
    allow(idp, tenant);
    allow(gateway.connection("entra"), victim);

    requireWrong(list(entra.sign(claims(tenant).claim("tid", victim.toString()))));
  }

  @Test
  void refusesWhereNobodyHasSetItAndOnceItIsTakenBack() {
    String token = entra.sign(claims(tenant));

    requireWrong(list(token));
    allow(idp, tenant);
    assertThat(list(token).status()).isEqualTo(200);
    allow(idp, "null");
    requireWrong(list(token));
  }

  @Test
  void letsNobodyInWhereTwoConnectionsHaveThePair() {
    allow(idp, tenant);
    gateway.sql(
        "update connection set settings = (select settings from connection where id = ?)"
            + " where id = ?",
        id(idp),
        id(gateway.connection("entra")));

    requireWrong(list(entra.sign(claims(tenant))));
  }

  @Test
  void remembersNobodyBeyondTheEndOfTheToken() {
    allow(idp, tenant);
    String good = entra.sign(claims(tenant));
    String ended = entra.sign(claims(tenant).expirationTime(in(-10)));
    assertThat(list(good).status()).isEqualTo(200);
    assertThat(list(ended).status()).isEqualTo(200);

    gateway.sql("update connection set settings = '{}' where id = ?", id(idp));

    assertThat(list(good).status()).as("as on another instance, for half a minute").isEqualTo(200);
    requireWrong(list(ended));
  }

  private static UUID id(ScimClient idp) {
    return UUID.fromString(idp.connection());
  }

  static void allow(ScimClient idp, UUID tenant) {
    allow(idp, "{\"tenant\":\"%s\"}".formatted(tenant));
  }

  static void allow(ScimClient idp, String login) {
    var body = Json.stored("{\"settings\":{\"entraLogin\":" + login + "}}");
    Answer answer = idp.gateway().admin("PATCH", "/connections/" + idp.connection(), body);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
  }

  private ScimClient by(String token) {
    return new ScimClient(gateway, idp.tenant(), idp.connection(), token);
  }

  static Answer list(String token) {
    return Gateway.shared().call("GET", "/scim/v2/Users", token, null);
  }

  static void requireWrong(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(answer.json().path("status").asText()).isEqualTo("401");
  }
}
