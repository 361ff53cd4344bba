package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * OL-19: the PATCH of SCIM 1.1, a partial resource, becomes one of SCIM 2.0: {@code
 * {"members":[{"value":"7","operation":"delete"}]}} becomes {@code
 * {"Operations":[{"op":"remove","path":"members","value":[{"value":"7"}]}]}}. Elements that are not
 * to be deleted are added; an attribute with one value is replaced.
 */
final class OperationsFromResources implements Quirk {

  private static final String NAME = "operations-from-resources";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.patches() || isPatchOp(request.body())) {
      return request;
    }
    ResourceDefinition definition = request.definition().orElseThrow();
    List<ObjectNode> operations = new ArrayList<>();
    for (ObjectNode replace : OperationsQuirk.each("replace", definition, request.body())) {
      operations.addAll(meant(definition, replace));
    }
    if (operations.isEmpty()) {
      return request;
    }
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    patch.putArray("Operations").addAll(operations);
    return request.repaired(
        NAME, operations.stream().map(OperationsFromResources::path).toList(), patch);
  }

  private static String path(ObjectNode operation) {
    return operation.path("path").asText();
  }

  private static boolean isPatchOp(ObjectNode body) {
    ProtocolMessage message = ProtocolMessage.of(body);
    boolean said = !message.get("Operations").isMissingNode();
    for (JsonNode urn : message.get("schemas")) {
      said |= PatchOperation.PATCH_OP.equalsIgnoreCase(urn.asText());
    }
    return said;
  }

  private static List<ObjectNode> meant(ResourceDefinition definition, ObjectNode replace) {
    boolean many = definition.attribute(path(replace)).filter(Attribute::multiValued).isPresent();
    if (!many || !(replace.path("value") instanceof ArrayNode elements)) {
      return List.of(replace);
    }
    ArrayNode added = Json.array();
    ArrayNode removed = Json.array();
    for (JsonNode element : elements.deepCopy()) {
      JsonNode operation =
          element instanceof ObjectNode object ? MemberNames.take(object, "operation") : element;
      (operation.asText().equalsIgnoreCase("delete") ? removed : added).add(element);
    }
    List<ObjectNode> meant = new ArrayList<>();
    add(meant, "remove", path(replace), removed);
    add(meant, "add", path(replace), added);
    return meant;
  }

  private static void add(List<ObjectNode> to, String op, String path, ArrayNode elements) {
    if (!elements.isEmpty()) {
      to.add(Json.object().put("op", op).put("path", path).set("value", elements));
    }
  }
}
