package io.gatehouse.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an endpoint checks with that a request is from us and unchanged (Standard Webhooks).
 *
 * @param text shown once
 */
public record SigningSecret(String text) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MARK = "whsec_";
  private static final String HMAC = "HmacSHA256";

  public static SigningSecret generate() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return new SigningSecret(MARK + Base64.getEncoder().encodeToString(random));
  }

  /** One signature, as it stands in the header. */
  String sign(String id, long timestamp, String body) {
    byte[] key = Base64.getDecoder().decode(text.substring(MARK.length()));
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "SigningSecret[...]";
  }
}
