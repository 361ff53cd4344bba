package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.util.List;

/**
 * ENTRA-28: {@code {"op":"replace","path":"emails[type eq \"work\"].value",...}} becomes the same
 * with {@code "op":"add"}, which creates {@code {"type":"work"}} where it is missing and otherwise
 * changes it. RFC 7644 section 3.5.2.3 requires noTarget, and Entra would repeat the request for
 * ever. An operation that clears stays, because an addition removes nothing. Members of a group are
 * excluded: a replacement must not add a member.
 */
final class CreateMissingElements implements OperationsQuirk {

  private static final Attribute MEMBERS =
      ResourceType.GROUP.core().attribute("members").orElseThrow();

  @Override
  public String name() {
    return "create-missing-elements";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String path = operation.path("path").asText("");
    boolean creates =
        operation.path("op").asText().equals("replace")
            && path.contains("]")
            && !Json.unassigned(operation.get("value"))
            && !isOfMembers(definition, path);
    return List.of(
        creates ? CopyOnWrite.with(operation, "op", TextNode.valueOf("add")) : operation);
  }

  private static boolean isOfMembers(ResourceDefinition definition, String path) {
    return definition.type() == ResourceType.GROUP
        && AttributePath.find(definition, path)
            .filter(it -> it.extension() != null || !MEMBERS.equals(it.attribute()))
            .isEmpty();
  }
}
