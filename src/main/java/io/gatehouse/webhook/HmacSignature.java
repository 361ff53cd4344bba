package io.gatehouse.webhook;

import io.gatehouse.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Signatures with a shared secret (RFC 2104).
 *
 * @param algorithm the Java name of the algorithm
 * @param base64 whether signatures are in Base64; else in hex
 */
record HmacSignature(String algorithm, boolean base64) {

  /** The prefix of secrets in Base64 (Standard Webhooks). */
  private static final String ENCODED = "whsec_";

  static HmacSignature of(StepParameters parameters) {
    String algorithm = parameters.oneOf("algorithm", "sha256", "sha1", "sha512");
    boolean base64 = parameters.oneOf("encoding", "hex", "base64").equals("base64");
    return new HmacSignature("Hmac" + algorithm.toUpperCase(Locale.ROOT), base64);
  }

  /** Whether one of the signatures matches one of the secrets; all pairs are compared. */
  boolean isOne(List<String> signatures, List<String> secrets, byte[] signed) {
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = Digests.hmac(algorithm, key(secret), signed);
      for (String signature : signatures) {
        found |= MessageDigest.isEqual(expected, decoded(signature));
      }
    }
    return found;
  }

  private static byte[] key(String secret) {
    if (secret.startsWith(ENCODED)) {
      byte[] key = decoded(true, secret.substring(ENCODED.length()));
      if (key.length > 0) {
        return key;
      }
    }
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] decoded(String signature) {
    return decoded(base64, signature);
  }

  /** Decodes a text; empty when it is invalid, which equals no signature. */
  private static byte[] decoded(boolean base64, String text) {
    try {
      return base64
          ? Base64.getDecoder().decode(text)
          : HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
