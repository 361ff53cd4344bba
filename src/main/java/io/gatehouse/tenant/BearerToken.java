package io.gatehouse.tenant;

import io.gatehouse.crypto.Digests;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bearer token: 256 random bits after a prefix that secret scanners recognise. Only its SHA-256
 * is kept, which is enough for that much randomness.
 *
 * @param secret shown once
 */
public record BearerToken(String secret) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String MARK = "gatehouse_";
  private static final int SHOWN = MARK.length() + 6;

  public static BearerToken generate() {
    byte[] random = new byte[32];
    RANDOM.nextBytes(random);
    return new BearerToken(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  public byte[] hash() {
    return Digests.sha256(secret);
  }

  /** A secret that is derived from the token, and from which the token cannot be derived. */
  public String cursorKey() {
    return Digests.sha256Hex("seal " + secret);
  }

  /** Whether it has the form of a token of this gateway, so that its prefix reveals no secret. */
  public boolean isOurs() {
    return secret.startsWith(MARK) && secret.length() > 2 * SHOWN;
  }

  /** The start of the token: enough to recognise it in a list, too little to use it. */
  public String prefix() {
    return secret.substring(0, Math.min(SHOWN, secret.length()));
  }

  /** Compares in constant time. */
  public boolean matches(BearerToken other) {
    return MessageDigest.isEqual(hash(), other.hash());
  }

  @Override
  public String toString() {
    return "Token[" + prefix() + "...]";
  }
}
