package io.gatehouse.idp;

import io.gatehouse.command.Leeway;
import io.gatehouse.edge.ScimRequest;

/**
 * BUG-21: a POST with the userName of a user who is inactive brings that user back under the same
 * id, unless both have an externalId and the two differ. IdPs create a user again after a
 * deactivation, and fail at the 409 that RFC 7644 section 3.3 requires.
 */
final class RestoreOnCreate implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    Leeway leeway = request.conditions().leeway();
    return request.with(leeway.recognising(leeway.recognition().ofInactive()));
  }
}
