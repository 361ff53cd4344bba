package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import java.util.List;

/**
 * OKTA-38: a PUT of {@code {"userName":"nell"}} keeps {@code "externalId":"00u1"}, as if the
 * request contained it. Okta does not always send it back, but needs it to recognise the user. null
 * or a blank still clears it.
 */
final class KeepExternalId implements Quirk {

  private static final String NAME = "keep-external-id";
  private static final String EXTERNAL_ID = "externalId";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.line().method().equals("PUT") || MemberNames.has(request.body(), EXTERNAL_ID)) {
      return request;
    }
    return request
        .with(request.conditions().leeway().keeping(List.of(EXTERNAL_ID)))
        .repaired(NAME, List.of(EXTERNAL_ID), request.body());
  }
}
