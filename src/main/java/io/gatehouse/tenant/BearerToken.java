package io.gatehouse.tenant;

import io.gatehouse.crypto.Digests;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bearer token: 256 random bits behind a prefix that secret scanners know. Only its SHA-256 is
 * kept, which is enough for that much randomness.
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

  /** A secret that can be made from the token only, and from which the token cannot be made. */
  public String cursorKey() {
    return Digests.sha256Hex("seal " + secret);
  }

  /** Whether it looks like one that was made here, so that its prefix tells nothing. */
  public boolean isOurs() {
    return secret.startsWith(MARK) && secret.length() > 2 * SHOWN;
  }

  /** Enough to recognise a token in a list, too little to use it. */
  public String prefix() {
    return secret.substring(0, Math.min(SHOWN, secret.length()));
  }

  /** Compares in a time that does not depend on where they differ. */
  public boolean matches(BearerToken other) {
    return MessageDigest.isEqual(hash(), other.hash());
  }

  @Override
  public String toString() {
    return "Token[" + prefix() + "...]";
  }
}
