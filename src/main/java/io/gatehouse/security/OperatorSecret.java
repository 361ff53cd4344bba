package io.gatehouse.security;

import io.gatehouse.StartupRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A secret of the operator: configured, or generated into a file of the data folder. A secret that
 * can be guessed is refused.
 */
final class OperatorSecret {

  static final String ADMIN_TOKEN = "admin-token";
  static final String ERASURE_KEY = "erasure-key";
  static final String SECRET_KEY = "secret-key";

  /** The names of all operator secrets. */
  static final List<String> NAMES = List.of(ADMIN_TOKEN, ERASURE_KEY, SECRET_KEY);

  /** The minimum length in characters; a generated secret is longer. */
  static final int MINIMUM = 16;

  private OperatorSecret() {}

  /**
   * The secret, generated if there is none.
   *
   * @throws StartupRefusedException when it is too short
   */
  static String of(String name, @Nullable String configured, Path data) throws IOException {
    require(name, configured, data);
    return configured == null ? SecretFile.read(data.resolve(name)) : configured;
  }

  /** Refuses a secret that exists and is too short. */
  static void require(String name, @Nullable String configured, Path data) throws IOException {
    Path file = data.resolve(name);
    if (configured != null) {
      require(variable(name), configured);
    } else if (Files.exists(file)) {
      require("The file " + file, SecretFile.read(file));
    }
  }

  private static void require(String where, String secret) {
    int length = secret.strip().length();
    if (length < MINIMUM) {
      throw new StartupRefusedException(
          "%s has %d characters; a secret needs at least %d, and is generated where there is none."
              .formatted(where, length, MINIMUM));
    }
  }

  static String variable(String name) {
    return "GATEHOUSE_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
