package io.gatehouse.security;

import io.gatehouse.PrivateFolder;
import io.gatehouse.tenant.BearerToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret in a file that only the gateway's own user can read; generated on first use. */
final class SecretFile {

  private SecretFile() {}

  static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      PrivateFolder.keep(file, BearerToken.generate().secret());
    }
    return Files.readString(file).strip();
  }
}
