package io.gatehouse.edge;

import io.gatehouse.edge.Connections.Holder;

/**
 * What a bearer token has proved.
 *
 * @param holder whose token it is
 * @param seal see {@link Token#seal()}
 */
public record Credential(Holder holder, String seal) {}
