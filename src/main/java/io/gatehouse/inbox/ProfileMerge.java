package io.gatehouse.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.PatchOperation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Computes the changes that make a document agree with the IdP's profile. Attributes that the
 * profile lacks stay. externalId and userName always stay, because the SCIM mapping may differ.
 * displayName stays where the profile has none, because the SCIM mapping builds one.
 */
final class ProfileMerge {

  private static final Set<String> KEPT =
      Set.of("schemas", "id", "meta", "externalId", "userName", "groups");

  private final List<PatchOperation> operations = new ArrayList<>();

  private ProfileMerge() {}

  static List<PatchOperation> of(ObjectNode current, ObjectNode profile) {
    ProfileMerge merge = new ProfileMerge();
    profile.properties().stream()
        .filter(it -> !KEPT.contains(it.getKey()))
        .filter(it -> !(it.getKey().equals("displayName") && Json.unassigned(it.getValue())))
        .forEach(it -> merge.attribute(it.getKey(), current.path(it.getKey()), it.getValue()));
    return List.copyOf(merge.operations);
  }

  private void attribute(String name, JsonNode current, JsonNode wanted) {
    if (wanted.isObject()) {
      String separator = name.startsWith("urn:") ? ":" : ".";
      wanted
          .properties()
          .forEach(
              it ->
                  value(name + separator + it.getKey(), current.path(it.getKey()), it.getValue()));
    } else {
      value(name, current, wanted.isArray() ? elements(current, wanted) : wanted);
    }
  }

  private void value(String path, JsonNode current, JsonNode wanted) {
    if (Json.unassigned(wanted)) {
      if (!current.isMissingNode()) {
        operations.add(new PatchOperation(Kind.REMOVE, path, MissingNode.getInstance()));
      }
    } else if (!contains(current, wanted)) {
      operations.add(new PatchOperation(Kind.REPLACE, path, wanted));
    }
  }

  /** Whether the current value has everything of the profile; a complex value may have more. */
  private static boolean contains(JsonNode current, JsonNode wanted) {
    return wanted.isObject() && current.isObject()
        ? wanted.properties().stream()
            .allMatch(it -> it.getValue().equals(current.path(it.getKey())))
        : current.equals(wanted);
  }

  /** Replaces the elements of the types that the profile has; other elements stay. */
  private static ArrayNode elements(JsonNode current, JsonNode wanted) {
    ArrayNode merged = Json.array();
    List<JsonNode> left = new ArrayList<>();
    wanted.forEach(left::add);
    for (JsonNode element : current) {
      JsonNode same = ofType(left, element.path("type"));
      left.remove(same);
      merged.add(same.isMissingNode() ? element : overlaid(element, same));
    }
    left.forEach(merged::add);
    return merged;
  }

  private static JsonNode ofType(List<JsonNode> elements, JsonNode type) {
    return elements.stream()
        .filter(it -> it.path("type").equals(type))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static JsonNode overlaid(JsonNode element, JsonNode by) {
    return element instanceof ObjectNode object && by instanceof ObjectNode other
        ? object.deepCopy().<ObjectNode>setAll(other)
        : by;
  }
}
