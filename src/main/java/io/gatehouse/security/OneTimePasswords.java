package io.gatehouse.security;

import java.security.SecureRandom;
import java.util.Objects;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Makes passwords that are given out, and have to be changed at the first sign-in. */
@Component
public final class OneTimePasswords {

  /** Without letters and digits that look alike. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int CHARACTERS = 20;
  private static final int GROUP = 5;

  private final SecureRandom random = new SecureRandom();
  private final PasswordEncoder encoder;

  OneTimePasswords(PasswordEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * A password and what is stored of it.
   *
   * @param hash Argon2id
   */
  public record Issued(String password, String hash) {}

  /** A new password with 99 bits of randomness. */
  public Issued issue() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < CHARACTERS; i++) {
      password.append(i > 0 && i % GROUP == 0 ? "-" : "");
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    String text = password.toString();
    return new Issued(text, Objects.requireNonNull(encoder.encode(text)));
  }
}
