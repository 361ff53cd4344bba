package io.gatehouse.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Digests (FIPS 180-4) and HMACs (RFC 2104). Text is encoded in UTF-8; hex digits are lower case.
 */
public final class Digests {

  public static final String SHA_256 = "SHA-256";
  public static final String HMAC_SHA_256 = "HmacSHA256";

  private Digests() {}

  public static byte[] sha256(String text) {
    return digest(SHA_256, text.getBytes(StandardCharsets.UTF_8));
  }

  public static String sha256Hex(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  /**
   * A digest in hex.
   *
   * @param algorithm as Java calls it
   */
  public static String hex(String algorithm, byte[] content) {
    return HexFormat.of().formatHex(digest(algorithm, content));
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has MD5 and SHA-256
    }
  }

  /**
   * An authentication code.
   *
   * @param algorithm as Java calls it
   */
  public static byte[] hmac(String algorithm, byte[] key, byte[] content) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
