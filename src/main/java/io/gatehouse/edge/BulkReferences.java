package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Json;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * References of bulk operations to resources that the same request creates: strings {@code
 * bulkId:name}, and such segments of a path (RFC 7644 section 3.7.2).
 */
final class BulkReferences {

  private static final String MARK = "bulkId:";

  private BulkReferences() {}

  /** The bulkIds that an operation refers to. */
  static Set<String> of(BulkOperation operation) {
    Set<String> names = new LinkedHashSet<>();
    for (String segment : operation.path().split("/")) {
      add(names, segment);
    }
    collect(names, operation.data());
    return names;
  }

  private static void collect(Set<String> names, JsonNode node) {
    if (node.isTextual()) {
      add(names, node.textValue());
    }
    node.forEach(child -> collect(names, child));
  }

  private static void add(Set<String> names, String text) {
    if (text.startsWith(MARK)) {
      names.add(text.substring(MARK.length()));
    }
  }

  /** The path with real ids. */
  static String resolve(String path, Function<String, String> ids) {
    StringBuilder resolved = new StringBuilder();
    for (String segment : path.substring(1).split("/", -1)) {
      resolved.append(resolved.isEmpty() ? "" : "/").append(text(segment, ids));
    }
    return resolved.toString();
  }

  /** A copy of the data with real ids. */
  static JsonNode resolve(JsonNode node, Function<String, String> ids) {
    if (node instanceof ObjectNode object) {
      ObjectNode resolved = Json.object();
      object.properties().forEach(it -> resolved.set(it.getKey(), resolve(it.getValue(), ids)));
      return resolved;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode resolved = Json.array();
      array.forEach(it -> resolved.add(resolve(it, ids)));
      return resolved;
    }
    return node.isTextual() ? TextNode.valueOf(text(node.textValue(), ids)) : node;
  }

  private static String text(String text, Function<String, String> ids) {
    return text.startsWith(MARK) ? ids.apply(text.substring(MARK.length())) : text;
  }

  /**
   * Removes from a resource the references to resources that cannot exist yet, because they refer
   * back.
   *
   * @param open the bulkIds that cannot be resolved yet
   * @return a PATCH message that adds the removed references later
   */
  static ObjectNode defer(ObjectNode resource, Predicate<String> open) {
    ArrayNode operations = Json.array();
    for (String name : names(resource)) {
      if (resource.get(name) instanceof ObjectNode container && name.startsWith("urn:")) {
        names(container).forEach(it -> take(operations, name + ":" + it, container, it, open));
      } else {
        take(operations, name, resource, name, open);
      }
    }
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add(io.gatehouse.scim.PatchOperation.PATCH_OP);
    patch.set("Operations", operations);
    return patch;
  }

  private static Set<String> names(ObjectNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.properties().stream().map(Map.Entry::getKey).forEach(names::add);
    return names;
  }

  private static void take(
      ArrayNode operations, String path, ObjectNode parent, String name, Predicate<String> open) {
    JsonNode value = parent.get(name);
    if (value instanceof ArrayNode elements) {
      ArrayNode later = Json.array();
      elements.forEach(it -> later.add(refers(it, open) ? it : null));
      later.removeIf(JsonNode::isNull);
      elements.removeIf(it -> refers(it, open));
      add(operations, path, later.isEmpty() ? null : later);
    } else if (refers(value, open)) {
      parent.remove(name);
      add(operations, path, value);
    }
  }

  private static void add(ArrayNode operations, String path, @Nullable JsonNode value) {
    if (value != null) {
      operations.addObject().put("op", "add").put("path", path).set("value", value);
    }
  }

  private static boolean refers(JsonNode node, Predicate<String> open) {
    Set<String> names = new LinkedHashSet<>();
    collect(names, node);
    return names.stream().anyMatch(open);
  }
}
