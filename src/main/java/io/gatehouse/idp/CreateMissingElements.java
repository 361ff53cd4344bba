package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Definition;
import java.util.List;

/**
 * ENTRA-28: {@code {"op":"replace","path":"emails[type eq \"work\"].value",...}} becomes the same
 * with {@code "op":"add"}, which creates {@code {"type":"work"}} where it is missing and otherwise
 * changes it. RFC 7644 section 3.5.2.3 would answer noTarget, and Entra would send it again for
 * ever.
 */
final class CreateMissingElements implements OperationsQuirk {

  @Override
  public String name() {
    return "create-missing-elements";
  }

  @Override
  public List<ObjectNode> rewrite(Definition definition, ObjectNode operation) {
    if (operation.path("op").asText().equals("replace")
        && operation.path("path").asText("").contains("]")) {
      operation.put("op", "add");
    }
    return List.of(operation);
  }
}
