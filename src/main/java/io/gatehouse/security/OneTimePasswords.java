package io.gatehouse.security;

import io.gatehouse.store.StoreUnavailableException;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Makes passwords that are given out, and have to be changed at the first sign-in. */
@Component
public final class OneTimePasswords {

  /** Without letters and digits that look alike. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int CHARACTERS = 20;
  private static final int GROUP = 5;

  private final SecureRandom random = new SecureRandom();
  private final PasswordHashes hashes;

  OneTimePasswords(PasswordHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * A password and what is stored of it.
   *
   * @param hash Argon2id
   */
  public record Issued(String password, String hash) {}

  /**
   * A new password with 98 bits of randomness.
   *
   * @throws StoreUnavailableException when too many passwords are being hashed
   */
  public Issued issue() {
    byte[] bytes = new byte[CHARACTERS];
    random.nextBytes(bytes);
    String text = text(bytes);
    return new Issued(text, hashes.inTime(text));
  }

  /** Random bytes as a password that can be read aloud. */
  static String text(byte[] random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < CHARACTERS; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(ALPHABET.charAt(Byte.toUnsignedInt(random[i]) % ALPHABET.length()));
    }
    return password.toString();
  }
}
