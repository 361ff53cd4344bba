package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.edge.Token;
import java.io.IOException;

/**
 * The bearer token of the admin API.
 *
 * @param whereabouts for the operator, never the token itself
 */
public record AdminToken(Token token, String whereabouts) {

  static AdminToken of(GatehouseProperties settings) throws IOException {
    String configured = settings.adminToken();
    Token token = new Token(Secret.of(Secret.ADMIN_TOKEN, configured, settings.data()));
    return new AdminToken(
        token,
        configured == null
            ? settings.data().resolve(Secret.ADMIN_TOKEN).toString()
            : Secret.variable(Secret.ADMIN_TOKEN));
  }
}
