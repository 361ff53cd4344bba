package io.gatehouse.delivery.webhook;

import io.gatehouse.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret with which an endpoint verifies the origin and integrity of a request (Standard
 * Webhooks).
 *
 * @param text shown once
 */
public record SigningSecret(String text) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MARK = "whsec_";

  public static SigningSecret generate() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return new SigningSecret(MARK + Base64.getEncoder().encodeToString(random));
  }

  /** One signature in the form of the header. */
  String sign(String id, long timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(text.substring(MARK.length()));
    byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
    byte[] signature = Digests.hmac(Digests.HMAC_SHA_256, key, signed);
    return "v1," + Base64.getEncoder().encodeToString(signature);
  }

  @Override
  public String toString() {
    return "SigningSecret[...]";
  }
}
