package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
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
    List<String> repaired = new ArrayList<>();
    ArrayNode rewritten = Json.array();
    for (JsonNode operation : operations) {
      List<? extends JsonNode> meant =
          operation instanceof ObjectNode object ? rewrite(object.deepCopy()) : List.of(operation);
      if (!meant.equals(List.of(operation))) {
        repaired.add(operation.path("path").asText(""));
      }
      meant.forEach(rewritten::add);
    }
    return repaired.isEmpty() ? request : with(request, rewritten, repaired);
  }

  private ScimRequest with(ScimRequest request, ArrayNode operations, List<String> repaired) {
    ObjectNode body = request.body().deepCopy();
    body.set("Operations", operations);
    ScimRequest fixed = request;
    for (String path : repaired) {
      fixed = fixed.repaired(name(), path, body);
    }
    return fixed;
  }
}
