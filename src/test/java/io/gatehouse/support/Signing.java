package io.gatehouse.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as senders of webhooks make them. */
public final class Signing {

  private Signing() {}

  public static String hex(String algorithm, String secret, String text) {
    return HexFormat.of().formatHex(sign(algorithm, secret.getBytes(StandardCharsets.UTF_8), text));
  }

  public static String base64(String algorithm, byte[] secret, String text) {
    return Base64.getEncoder().encodeToString(sign(algorithm, secret, text));
  }

  private static byte[] sign(String algorithm, byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
