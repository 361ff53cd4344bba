package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * Undoes one oddity of an IdP: from what it sent to what it meant. Leaves every other request as it
 * is.
 */
@FunctionalInterface
public interface Quirk {

  ScimRequest fix(ScimRequest request);
}
