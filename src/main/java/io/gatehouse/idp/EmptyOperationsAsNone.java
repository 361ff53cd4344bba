package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ProtocolMessage;
import java.util.List;

/**
 * BUG-14: a PATCH with {@code "Operations":[]} or null becomes one that changes nothing, and is
 * answered with success. Microsoft's validator sends it.
 */
final class EmptyOperationsAsNone implements Quirk {

  private static final String NAME = "empty-operations-as-none";
  private static final String OPERATIONS = "Operations";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.patches()
        || !MemberNames.has(request.body(), OPERATIONS)
        || !Json.isNothing(ProtocolMessage.of(request.body()).get(OPERATIONS))) {
      return request;
    }
    ObjectNode body = CopyOnWrite.copy(request.body());
    MemberNames.take(body, OPERATIONS);
    ArrayNode one = Json.array().add(OperationsQuirk.nothing());
    return request.repaired(NAME, List.of(OPERATIONS), body.set(OPERATIONS, one));
  }
}
