package io.gatehouse.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.scim.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * In place of Entra ID: issues tokens of provisioning and for Graph, and serves the key of all its
 * tenants.
 */
public final class EntraAuthority {

  public static final String NON_GALLERY = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621";
  public static final String SYNC_FABRIC = "00000014-0000-0000-c000-000000000000";

  private static EntraAuthority shared;

  private final RSAKey key = kept("authority", "known");
  private final HttpServer server;
  private final List<String> fetched = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  private EntraAuthority(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  /** The one that {@link Gateway#shared()} trusts. */
  public static synchronized EntraAuthority shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  private static EntraAuthority start() {
    try {
      return new EntraAuthority(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange http) throws IOException {
    fetched.add(http.getRequestURI().getPath());
    String path = http.getRequestURI().getPath();
    String text = path.endsWith("/token") ? token() : new JWKSet(key.toPublicJWK()).toString();
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    http.sendResponseHeaders(down ? 503 : 200, down ? -1 : body.length);
    if (!down) {
      http.getResponseBody().write(body);
    }
    http.close();
  }

  /** Opens the door of every {@link FakeIdp}. */
  private static String token() {
    return Json.text(
        Json.object()
            .put("token_type", "Bearer")
            .put("expires_in", 3599)
            .put("access_token", FakeDoor.ENTRA_TOKEN));
  }

  /** What makes a gateway trust it. */
  public String setting() {
    return "--gatehouse.entra.authority=http://localhost:" + server.getAddress().getPort();
  }

  /** How often somebody asked for the keys of a tenant. */
  public long fetches(UUID tenant) {
    return fetched.stream().filter(("/" + tenant + "/discovery/keys")::equals).count();
  }

  public void down(boolean now) {
    down = now;
  }

  public RSAKey key() {
    return key;
  }

  /** A key that the authority does not have. */
  public static RSAKey key(String id) {
    return kept("other-" + id, id);
  }

  /** The same for a build, since it takes seconds to make one. */
  private static RSAKey kept(String name, String id) {
    try {
      Path kept = Files.createDirectories(Path.of("target", "test-keys")).resolve(name + ".jwk");
      if (!Files.exists(kept)) {
        Path draft = Files.createTempFile(kept.getParent(), name, ".draft");
        RSAKey made = new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        Files.writeString(draft, made.toJSONString());
        Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      return RSAKey.parse(Files.readString(kept));
    } catch (IOException | ParseException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Entra says in a good token; no two are the same. */
  public static JWTClaimsSet.Builder claims(UUID tenant) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer("https://sts.windows.net/" + tenant + "/")
        .audience(NON_GALLERY)
        .claim("tid", tenant.toString())
        .claim("appid", SYNC_FABRIC)
        .notBeforeTime(Date.from(now.minusSeconds(300)))
        .expirationTime(Date.from(now.plusSeconds(3600)))
        .jwtID(UUID.randomUUID().toString());
  }

  /**
   * A token of a tenant that does not exist, as a fixture describes it: {@code claim=value ...}.
   */
  public String issue(UUID tenant, String description) {
    JWTClaimsSet.Builder claims = claims(tenant);
    for (String claim : description.strip().split("\\s+")) {
      String[] parts = claim.replace("<tenant-guid>", tenant.toString()).split("=", 2);
      claims.claim(parts[0], parts[1]);
    }
    return sign(claims);
  }

  public String sign(JWTClaimsSet.Builder claims) {
    return sign(claims, key);
  }

  public static String sign(JWTClaimsSet.Builder claims, RSAKey key) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
    SignedJWT jwt = new SignedJWT(header, claims.build());
    try {
      jwt.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }
}
