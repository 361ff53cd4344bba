package io.gatehouse.idp;

import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.ResourceType;

/**
 * BUG-01: of {@code "members":[{"value":"7"},{"value":"8"}]}, where there is no user or group 8,
 * the user 7 joins and the other is left out. IdPs take a refusal as final, and the existing users
 * would never join. A list without any existing member is still refused.
 */
final class LeaveOutUnknownMembers implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    boolean group = request.definition().filter(it -> it.type() == ResourceType.GROUP).isPresent();
    return group && request.writes()
        ? request.with(request.conditions().leeway().lettingSomeJoin())
        : request;
  }
}
