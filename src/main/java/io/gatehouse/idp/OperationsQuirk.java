package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import java.util.List;

/** A quirk that rewrites the operations of a PATCH one by one. */
interface OperationsQuirk extends Quirk {

  /** The name in the catalogue, for the record of repairs. */
  String name();

  /** What one operation meant: itself, or others in its place. */
  List<ObjectNode> rewrite(ObjectNode operation);

  @Override
  default ScimRequest fix(ScimRequest request) {
    if (!request.line().method().equals("PATCH")
        || !(request.body().get("Operations") instanceof ArrayNode operations)) {
      return request;
    }
    ScimRequest fixed = request;
    ArrayNode rewritten = Json.array();
    for (JsonNode operation : operations) {
      List<ObjectNode> meant =
          operation instanceof ObjectNode object ? rewrite(object.deepCopy()) : List.of();
      if (meant.size() == 1 && meant.get(0).equals(operation) || meant.isEmpty()) {
        rewritten.add(operation);
      } else {
        meant.forEach(rewritten::add);
        fixed = fixed.repaired(name(), operation.path("path").asText(""), fixed.body());
      }
    }
    return fixed == request ? request : with(fixed, rewritten);
  }

  private static ScimRequest with(ScimRequest request, ArrayNode operations) {
    ObjectNode body = request.body().deepCopy();
    body.set("Operations", operations);
    return request.as("PATCH", body);
  }
}
