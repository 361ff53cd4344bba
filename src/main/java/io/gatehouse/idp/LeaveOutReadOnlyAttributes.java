package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      ObjectNode writable = writable(definition, path == null ? "" : path + ":", value);
      return List.of(CopyOnWrite.with(operation, "value", writable));
    }
    return List.of(operation);
  }

  private static ObjectNode writable(
      ResourceDefinition definition, String prefix, ObjectNode members) {
    return CopyOnWrite.members(
        members,
        (name, value) -> {
          String path = prefix + name;
          if (value instanceof ObjectNode inside && definition.defined(path).isPresent()) {
            return writable(definition, path + ":", inside);
          }
          return isReadOnly(definition, path) ? MissingNode.getInstance() : value;
        });
  }

  private static boolean isReadOnly(ResourceDefinition definition, String path) {
    Optional<AttributePath> found = AttributePath.find(definition, path);
    return found.isPresent()
        && (isReadOnly(found.get().attribute()) || isReadOnly(found.get().sub()));
  }

  private static boolean isReadOnly(@Nullable Attribute attribute) {
    return attribute != null && attribute.readOnly();
  }
}
