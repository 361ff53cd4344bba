package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import java.util.List;

/**
 * BUG-40: {@code {"op":"replace","path":"emails[type eq \"work\"]","value":[{"value":"a"}]}}
 * becomes the same with {@code "value":{"value":"a"}}, because the path selects one element. A list
 * of several stays, and is refused.
 */
final class ElementsFromLists implements OperationsQuirk {

  private static final String VALUE = "value";

  @Override
  public String name() {
    return "elements-from-lists";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String path = operation.path("path").asText("");
    if (path.contains("[")
        && operation.get(VALUE) instanceof ArrayNode list
        && list.size() == 1
        && saysSomething(list.get(0))
        && selectsElements(definition, path)) {
      return List.of(CopyOnWrite.with(operation, VALUE, list.get(0)));
    }
    return List.of(operation);
  }

  /** Whether an element has a value; a list of null must not delete the selected element. */
  private static boolean saysSomething(JsonNode element) {
    return element.isObject() || (element.isTextual() && !element.asText().isBlank());
  }

  private static boolean selectsElements(ResourceDefinition definition, String path) {
    return AttributePath.find(definition, path)
        .filter(it -> it.filter() != null && it.sub() == null)
        .isPresent();
  }
}
