package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ResourceType;
import java.util.List;

/**
 * OKTA-13: a PUT of {@code {"emails":[{"value":"a@example.com","primary":true}]}} keeps {@code
 * "type":"work"} of that address, as if the request contained it. Okta leaves it out when it
 * deactivates a user, and that is no change of the type.
 */
final class KeepEmailTypes implements Quirk {

  private static final String NAME = "keep-email-types";
  private static final String TYPES = "emails.type";

  @Override
  public ScimRequest fix(ScimRequest request) {
    boolean user = request.definition().filter(it -> it.type() == ResourceType.USER).isPresent();
    if (!user || !request.line().method().equals("PUT") || !omitsTypes(request.body())) {
      return request;
    }
    return request
        .with(request.conditions().leeway().keeping(List.of(TYPES)))
        .repaired(NAME, List.of(TYPES), request.body());
  }

  private static boolean omitsTypes(ObjectNode body) {
    for (JsonNode email : ProtocolMessage.of(body).get("emails")) {
      if (email instanceof ObjectNode object && !MemberNames.has(object, "type")) {
        return true;
      }
    }
    return false;
  }
}
