package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * Corrects one deviation of an IdP: rewrites a request to its intended form. The request itself
 * stays unchanged, and so do other requests; what is right in a body is shared with the result.
 */
@FunctionalInterface
public interface Quirk {

  ScimRequest fix(ScimRequest request);
}
