package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * BUG-83: {@code {"op":"replace","value":[{"active":false},{"title":"Lead"}]}} becomes an operation
 * for each element: {@code {"op":"replace","value":{"active":false}}} and so on. A list in which no
 * object names an attribute stays, and is refused.
 */
final class OperationsFromLists implements OperationsQuirk {

  @Override
  public String name() {
    return "operations-from-lists";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    if (operation.hasNonNull("path")
        || !(operation.get("value") instanceof ArrayNode list)
        || !namesSomething(definition, list)) {
      return List.of(operation);
    }
    List<ObjectNode> operations = new ArrayList<>();
    for (JsonNode element : list) {
      operations.add(
          Json.object()
              .<ObjectNode>set("op", operation.path("op"))
              .<ObjectNode>set("value", element));
    }
    return operations;
  }

  private static boolean namesSomething(ResourceDefinition definition, ArrayNode list) {
    for (JsonNode element : list) {
      if (element.properties().stream().anyMatch(it -> isKnown(definition, it.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKnown(ResourceDefinition definition, String name) {
    return definition.isCore(name) || AttributePath.find(definition, name).isPresent();
  }
}
