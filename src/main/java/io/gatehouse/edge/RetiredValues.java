package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Conformity;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Message;
import io.gatehouse.scim.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Leaves out of a write what a client has fetched before a schema was deleted or narrowed, for
 * every profile, with a record; it would be refused (RFC 7644 section 3.12, invalidValue), and the
 * rest of the representation with it.
 */
final class RetiredValues {

  private static final String OPERATIONS = "Operations";

  /** Behind the URN of an extension: the name of an attribute, then a sub-attribute or a filter. */
  private static final Pattern END_OF_NAME = Pattern.compile("[.\\[]");

  private RetiredValues() {}

  static ScimRequest leaveOut(ScimRequest request) {
    Optional<Definition> definition = request.definition();
    if (definition.isEmpty() || definition.get().retired().isEmpty() || !request.writes()) {
      return request;
    }
    return request.patches()
        ? patch(request, definition.get())
        : resource(request, definition.get());
  }

  private static ScimRequest resource(ScimRequest request, Definition definition) {
    Conformity conformity = Conformity.ofSent(definition, request.body());
    return conformity.isWhole()
        ? request
        : request.repaired(Conformity.QUIRK, conformity.dropped(), conformity.document());
  }

  private static ScimRequest patch(ScimRequest request, Definition definition) {
    if (!(Message.of(request.body()).get(OPERATIONS) instanceof ArrayNode operations)) {
      return request;
    }
    Set<String> gone = new TreeSet<>();
    ArrayNode kept = Json.array();
    for (JsonNode operation : operations) {
      operation(definition, operation, gone).ifPresent(kept::add);
    }
    if (gone.isEmpty()) {
      return request;
    }
    if (kept.isEmpty()) {
      kept.addObject().put("op", "add").putObject("value");
    }
    ObjectNode body = request.body().deepCopy();
    body.properties().stream()
        .map(Map.Entry::getKey)
        .filter(OPERATIONS::equalsIgnoreCase)
        .toList()
        .forEach(body::remove);
    return request.repaired(Conformity.QUIRK, gone, body.set(OPERATIONS, kept));
  }

  private static Optional<JsonNode> operation(
      Definition definition, JsonNode operation, Set<String> gone) {
    Message message = Message.of(operation);
    String path = message.get("path").textValue();
    if (path != null && isGone(definition, path)) {
      gone.add(path);
      return Optional.empty();
    }
    if (path != null || !(message.get("value") instanceof ObjectNode value)) {
      return Optional.of(operation);
    }
    Set<String> names = new TreeSet<>();
    value.fieldNames().forEachRemaining(names::add);
    names.removeIf(it -> !isGone(definition, it));
    gone.addAll(names);
    ObjectNode left = operation.deepCopy();
    left.properties().stream()
        .filter(it -> it.getKey().equalsIgnoreCase("value"))
        .forEach(it -> ((ObjectNode) it.getValue()).remove(names));
    return Optional.of(left);
  }

  /** Whether a path leads to a deleted extension, or to an attribute that a narrowed one lacks. */
  private static boolean isGone(Definition definition, String path) {
    for (String urn : definition.retired()) {
      if (path.regionMatches(true, 0, urn, 0, urn.length())) {
        Optional<Schema> schema = definition.defined(urn);
        String rest = path.substring(urn.length());
        if (schema.isEmpty() ? isEnd(rest) : lacks(schema.get(), rest)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isEnd(String rest) {
    return rest.isEmpty() || rest.startsWith(":");
  }

  private static boolean lacks(Schema schema, String rest) {
    if (!rest.startsWith(":")) {
      return false;
    }
    String name = END_OF_NAME.split(rest.substring(1), 2)[0];
    return !name.contains(":") && schema.attribute(name).isEmpty();
  }
}
