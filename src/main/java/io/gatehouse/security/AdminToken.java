package io.gatehouse.security;

import io.gatehouse.GatehouseProperties;
import io.gatehouse.tenant.BearerToken;
import java.io.IOException;

/**
 * The bearer token of the admin API.
 *
 * @param whereabouts where the operator finds the token, never the token itself
 * @param random whether it is the generated token; else a person may have chosen it, and it may be
 *     guessed
 */
public record AdminToken(BearerToken token, String whereabouts, boolean random) {

  static AdminToken of(GatehouseProperties settings) throws IOException {
    String configured = settings.adminToken();
    BearerToken token =
        new BearerToken(OperatorSecret.of(OperatorSecret.ADMIN_TOKEN, configured, settings.data()));
    return new AdminToken(
        token,
        configured == null
            ? settings.data().resolve(OperatorSecret.ADMIN_TOKEN).toString()
            : OperatorSecret.variable(OperatorSecret.ADMIN_TOKEN),
        token.isOurs());
  }
}
