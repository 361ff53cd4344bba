package io.gatehouse.tenant;

import io.gatehouse.tenant.Connections.Holder;

/**
 * What a bearer token has proved.
 *
 * @param holder whose token it is
 * @param cursorKey see {@link BearerToken#cursorKey()}
 */
public record VerifiedCredential(Holder holder, String cursorKey) {}
