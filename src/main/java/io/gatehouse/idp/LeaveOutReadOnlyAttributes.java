package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import java.util.List;
import java.util.Map;

/**
 * BUG-77: {@code {"op":"replace","path":"id","value":"7"}} is left out, and so are {@code groups},
 * {@code meta}, {@code manager.displayName} and all other read-only attributes, also in the
 * container of an extension. RFC 7644 section 3.5.2 requires the error mutability, and the rest of
 * the request would be lost; in POST and PUT they are ignored (section 3.5.1).
 */
final class LeaveOutReadOnlyAttributes implements OperationsQuirk {

  @Override
  public String name() {
    return "leave-out-read-only-attributes";
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String path = operation.path("path").textValue();
    if (path != null && isReadOnly(definition, path)) {
      return List.of();
    }
    if (operation.get("value") instanceof ObjectNode value
        && (path == null || definition.defined(path).isPresent())) {
      operation.set("value", writable(definition, path == null ? "" : path + ":", value));
    }
    return List.of(operation);
  }

  private static ObjectNode writable(
      ResourceDefinition definition, String prefix, ObjectNode members) {
    ObjectNode writable = Json.object();
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      String path = prefix + member.getKey();
      if (definition.defined(path).isPresent() && member.getValue() instanceof ObjectNode inside) {
        writable.set(member.getKey(), writable(definition, path + ":", inside));
      } else if (!isReadOnly(definition, path)) {
        writable.set(member.getKey(), member.getValue());
      }
    }
    return writable;
  }

  private static boolean isReadOnly(ResourceDefinition definition, String path) {
    return AttributePath.find(definition, path)
        .filter(
            it ->
                (it.attribute() != null && it.attribute().readOnly())
                    || (it.sub() != null && it.sub().readOnly()))
        .isPresent();
  }
}
