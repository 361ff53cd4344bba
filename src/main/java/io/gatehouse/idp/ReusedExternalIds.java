package io.gatehouse.idp;

import io.gatehouse.command.Leeway;
import io.gatehouse.edge.ScimRequest;

/**
 * BUG-20: a POST with the externalId of a user who is inactive and another userName makes a new
 * user, and the pair is listed in {@code /conflicts}. Entra's externalId is mailNickname unless an
 * administrator maps another attribute, and a mailNickname may be given to a new user. The setting
 * {@code externalIdIsStable} of a connection declares that it is not.
 */
final class ReusedExternalIds implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    Leeway leeway = request.conditions().leeway();
    return request.with(leeway.recognising(leeway.recognition().byExternalId(false)));
  }
}
