package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ENTRA-25: {@code {"op":"replace","value":{"name.givenName":"Anna","title":"Lead"}}} becomes an
 * operation with a path for each key: {@code
 * {"op":"replace","path":"name.givenName","value":"Anna"}} and so on. With the flag {@code
 * aadOptscim062020} Entra merges single-valued attributes into one operation whose keys are paths.
 */
final class PathsFromKeys implements OperationsQuirk {

  @Override
  public String name() {
    return "paths-from-keys";
  }

  @Override
  public List<ObjectNode> rewrite(ObjectNode operation) {
    if (operation.hasNonNull("path")
        || !(operation.get("value") instanceof ObjectNode value)
        || value.properties().stream().noneMatch(it -> isPath(it.getKey()))) {
      return List.of(operation);
    }
    List<ObjectNode> meant = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      ObjectNode one = Json.object();
      one.set("op", operation.path("op"));
      one.put("path", member.getKey());
      meant.add(one.set("value", member.getValue()));
    }
    return meant;
  }

  private static boolean isPath(String key) {
    return key.contains(".") || key.contains("[") || key.startsWith("urn:");
  }
}
