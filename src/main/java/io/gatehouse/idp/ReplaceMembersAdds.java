package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.util.List;

/**
 * ENTRA-61: {@code {"op":"replace","path":"members","value":[{"value":"7"}]}} becomes the same with
 * {@code "op":"add"}. Entra adds each member in this way, and removes members by name; by RFC 7644
 * section 3.5.2.3 each addition would remove the member before. The setting {@code membersReplace}
 * of a connection is {@code additive} or {@code exact}; an empty list or null always clears.
 */
final class ReplaceMembersAdds implements OperationsQuirk {

  private static final String MEMBERS = "members";

  private final String name;
  private final String otherwise;

  /** Creates the quirk; {@code otherwise} applies to a connection without the setting. */
  ReplaceMembersAdds(String name, String otherwise) {
    this.name = name;
    this.otherwise = otherwise;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    return request.client().settings().path("membersReplace").asText(otherwise).equals("additive")
        ? OperationsQuirk.super.fix(request)
        : request;
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    if (definition.type() != ResourceType.GROUP
        || !operation.path("op").asText().equals("replace")) {
      return List.of(operation);
    }
    String path = operation.path("path").textValue();
    if (path == null && operation.get("value") instanceof ObjectNode value) {
      return withoutPath(operation, value);
    }
    boolean adds =
        path != null
            && PatchOperation.names(path, MEMBERS)
            && !Json.unassigned(operation.get("value"));
    return List.of(adds ? CopyOnWrite.with(operation, "op", TextNode.valueOf("add")) : operation);
  }

  private static List<ObjectNode> withoutPath(ObjectNode operation, ObjectNode value) {
    ObjectNode rest = CopyOnWrite.copy(value);
    JsonNode members = MemberNames.take(rest, MEMBERS);
    return Json.unassigned(members)
        ? List.of(operation)
        : List.of(
            CopyOnWrite.with(operation, "value", rest),
            Json.object().put("op", "add").put("path", MEMBERS).set("value", members));
  }
}
