package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.edge.Token;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The bearer token of the admin API.
 *
 * @param whereabouts for the operator, never the token itself
 */
public record AdminToken(Token token, String whereabouts) {

  static AdminToken of(GatehouseProperties settings) throws IOException {
    String configured = settings.adminToken();
    if (configured != null && !configured.isBlank()) {
      return new AdminToken(new Token(configured), "GATEHOUSE_ADMIN_TOKEN");
    }
    Path file = settings.data().resolve("admin-token");
    return new AdminToken(new Token(SecretFile.read(file)), file.toString());
  }
}
