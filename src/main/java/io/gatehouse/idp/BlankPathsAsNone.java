package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ResourceDefinition;
import java.util.List;

/**
 * BUG-14: {@code {"op":"replace","path":"","value":{"title":"Lead"}}} becomes {@code
 * {"op":"replace","value":{"title":"Lead"}}}.
 */
final class BlankPathsAsNone implements OperationsQuirk {

  private static final String PATH = "path";

  @Override
  public String name() {
    return "blank-paths-as-none";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String path = operation.path(PATH).textValue();
    return List.of(
        path != null && path.isBlank() ? CopyOnWrite.without(operation, PATH) : operation);
  }
}
