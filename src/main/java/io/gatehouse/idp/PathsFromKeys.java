package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ResourceDefinition;
import java.util.List;
import java.util.Map;

/**
 * ENTRA-25: {@code {"op":"replace","value":{"name.givenName":"Anna","title":"Lead"}}} becomes an
 * operation with a path for each key: {@code
 * {"op":"replace","path":"name.givenName","value":"Anna"}} and so on. With the flag {@code
 * aadOptscim062020} Entra merges single-valued attributes into one operation whose keys are paths.
 * The URN of the core schema as a path is no path: it names the resource itself.
 */
final class PathsFromKeys implements OperationsQuirk {

  @Override
  public String name() {
    return "paths-from-keys";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    boolean whole =
        definition.isCore(operation.path("path").asText(""))
            && !operation.path("op").asText().equals("remove");
    if ((operation.hasNonNull("path") && !whole)
        || !(operation.get("value") instanceof ObjectNode value)
        || (!whole && !namesPath(value))) {
      return List.of(operation);
    }
    return OperationsQuirk.each(operation.path("op").asText(), definition, value);
  }

  private static boolean namesPath(ObjectNode value) {
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      if (isPath(member.getKey())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPath(String key) {
    return key.contains(".") || key.contains("[") || key.regionMatches(true, 0, "urn:", 0, 4);
  }
}
