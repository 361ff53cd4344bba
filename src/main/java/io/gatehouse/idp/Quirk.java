package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * Corrects one deviation of an IdP: rewrites a request to its intended form. Other requests stay
 * unchanged.
 */
@FunctionalInterface
public interface Quirk {

  ScimRequest fix(ScimRequest request);
}
