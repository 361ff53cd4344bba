package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;

/**
 * ENTRA-57, ENTRA-70: a PATCH of a group is answered 204 without a body, as if the client had sent
 * {@code Prefer: return=minimal}. Entra's guide asks for it, and no IdP reads a body with ten
 * thousand members.
 */
final class AnswerGroupPatchesBriefly implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.patches() && request.line().path().startsWith("Groups/")
        ? request.minimal()
        : request;
  }
}
