package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * ENTRA-22: {@code {"op":"Replace",...}} becomes {@code {"op":"replace",...}}. Entra's default
 * dialect capitalises the names of operations.
 */
final class FoldOperationNames implements OperationsQuirk {

  @Override
  public String name() {
    return "fold-operation-names";
  }

  @Override
  public List<ObjectNode> rewrite(ObjectNode operation) {
    if (operation.path("op").isTextual()) {
      operation.put("op", operation.path("op").textValue().toLowerCase(Locale.ROOT));
    }
    return List.of(operation);
  }
}
