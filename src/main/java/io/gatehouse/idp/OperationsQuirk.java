package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A quirk that rewrites the operations of a PATCH one by one. */
interface OperationsQuirk extends Quirk {

  /** The name in the catalogue, for the record of repairs. */
  String name();

  /**
   * The operations that one operation stands for: itself, others in its place, or none. The given
   * operation is not changed.
   */
  List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation);

  @Override
  default ScimRequest fix(ScimRequest request) {
    if (!request.patches() || !(request.body().get("Operations") instanceof ArrayNode operations)) {
      return request;
    }
    ResourceDefinition definition = request.definition().orElseThrow();
    Set<String> repaired = new LinkedHashSet<>();
    ArrayNode rewritten = Json.array();
    for (JsonNode operation : operations) {
      List<? extends JsonNode> meant =
          operation instanceof ObjectNode object ? rewrite(definition, object) : List.of(operation);
      if (meant.size() != 1 || !meant.get(0).equals(operation)) {
        repaired.addAll(places(operation, meant));
      }
      meant.forEach(rewritten::add);
    }
    return repaired.isEmpty()
        ? request
        : request.repaired(name(), repaired, body(request, rewritten));
  }

  /** The path of an operation; without a path, the members of the value that were rewritten. */
  private static List<String> places(JsonNode operation, List<? extends JsonNode> meant) {
    String path = operation.path("path").textValue();
    if (path != null) {
      return List.of(path);
    }
    JsonNode left = meant.isEmpty() ? MissingNode.getInstance() : meant.get(0).path("value");
    List<String> places = new ArrayList<>();
    operation.path("value").fieldNames().forEachRemaining(places::add);
    places.removeIf(left::has);
    return places.isEmpty() ? List.of("") : places;
  }

  /** The body with these operations; a PATCH needs at least one, so an empty list gets a no-op. */
  private static ObjectNode body(ScimRequest request, ArrayNode operations) {
    if (operations.isEmpty()) {
      operations.add(nothing());
    }
    return CopyOnWrite.with(request.body(), "Operations", operations);
  }

  /** An operation that changes nothing. */
  static ObjectNode nothing() {
    ObjectNode operation = Json.object().put("op", "add");
    operation.putObject("value");
    return operation;
  }

  /**
   * An operation for each member of a partial resource, and for each in the container of an
   * extension. Read-only attributes are ignored, as in a resource.
   */
  static List<ObjectNode> each(String op, ResourceDefinition definition, ObjectNode members) {
    ObjectNode paths = Json.object();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String name = member.getKey();
      if (isContainer(definition, name) && member.getValue() instanceof ObjectNode container) {
        container.properties().forEach(it -> paths.set(name + ":" + it.getKey(), it.getValue()));
      } else if (!name.equalsIgnoreCase("schemas")) {
        paths.set(name, member.getValue());
      }
    }
    return paths.properties().stream()
        .filter(it -> !isReadOnly(definition, it.getKey()))
        .map(
            it ->
                Json.object()
                    .put("op", op)
                    .put("path", it.getKey())
                    .<ObjectNode>set("value", it.getValue()))
        .toList();
  }

  /** Whether a name is an extension's container; an undefined URN with an object counts as one. */
  private static boolean isContainer(ResourceDefinition definition, String name) {
    return definition.isCore(name)
        || AttributePath.find(definition, name)
            .filter(it -> it.extension() != null)
            .map(AttributePath::attribute)
            .map(it -> it.type() == Attribute.Type.ANY)
            .orElse(definition.defined(name).isPresent());
  }

  private static boolean isReadOnly(ResourceDefinition definition, String path) {
    return AttributePath.find(definition, path)
        .filter(it -> it.attribute() != null && it.attribute().readOnly())
        .isPresent();
  }
}
