package io.gatehouse.security;

import io.gatehouse.edge.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A secret that only the gateway's own user can read; made when it is first asked for. */
final class SecretFile {

  private SecretFile() {}

  static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Token.generate().secret());
    }
    return Files.readString(file).strip();
  }
}
