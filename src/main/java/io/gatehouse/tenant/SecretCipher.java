package io.gatehouse.tenant;

import io.gatehouse.crypto.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that the gateway must be able to use again, so that a copy of the database does
 * not reveal them (AES-256-GCM with a key that is kept outside the database).
 */
public final class SecretCipher {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;

  /**
   * Creates a cipher with a key.
   *
   * @param secret at least 256 bits of randomness, in any form
   */
  public SecretCipher(String secret) {
    key = new SecretKeySpec(Digests.sha256(secret), "AES");
  }

  /** Encrypts a secret, as Base64; the result differs each time. */
  public String encrypt(String secret) {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts a secret.
   *
   * @throws IllegalStateException when it was encrypted with another key, or changed since
   */
  public String decrypt(String sealed) {
    byte[] all = Base64.getDecoder().decode(sealed);
    try {
      byte[] secret =
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE))
              .doFinal(all, NONCE, all.length - NONCE);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A secret was sealed with another key.", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
