package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Conformity;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Message;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Leaves out of a write what a client has fetched before a schema was deleted or narrowed, for
 * every profile, with a record; it would be refused (RFC 7644 section 3.12, invalidValue), and the
 * rest of the representation with it.
 */
final class RetiredValues {

  private static final String OPERATIONS = "Operations";

  /** Behind the URN of an extension: an attribute, then sub-attributes or a filter. */
  private static final Pattern NAME =
      Pattern.compile(":[\\w$-]+(\\.[\\w$-]+)*(\\[.*)?", Pattern.DOTALL);

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
    String op = message.get("op").asText();
    JsonNode value = message.get("value");
    Optional<JsonNode> left;
    if (path == null) {
      left = Optional.of(members(definition, "", value, gone));
    } else if (isSchemas(definition, path)) {
      left = schemas(definition, value, op.equalsIgnoreCase("replace"), gone);
    } else {
      boolean removes = op.equalsIgnoreCase("remove");
      left = left(definition, path, removes ? MissingNode.getInstance() : value, gone);
      left = removes ? left.map(it -> value) : left;
    }
    return left.map(it -> it.equals(value) ? operation : with(operation, it));
  }

  private static JsonNode with(JsonNode operation, JsonNode value) {
    ObjectNode changed = operation.deepCopy();
    changed.properties().stream()
        .filter(it -> it.getKey().equalsIgnoreCase("value"))
        .forEach(it -> it.setValue(value));
    return changed;
  }

  private static boolean isSchemas(Definition definition, String path) {
    return AttributePath.find(definition, path)
        .filter(it -> it.extension() == null)
        .flatMap(it -> Optional.ofNullable(it.attribute()))
        .filter(it -> it.name().equals("schemas"))
        .isPresent();
  }

  /** What is removed or added is nothing without deleted URNs; what replaces may be nothing. */
  private static Optional<JsonNode> schemas(
      Definition definition, JsonNode urns, boolean replaces, Set<String> gone) {
    ArrayNode left = Json.array();
    int deleted = 0;
    for (JsonNode urn : urns.isTextual() ? Json.array().add(urns) : urns) {
      if (definition.isRetired(urn.asText()) && definition.defined(urn.asText()).isEmpty()) {
        gone.add(urn.asText());
        deleted++;
      } else {
        left.add(urn);
      }
    }
    if (deleted == 0) {
      return Optional.of(urns);
    }
    return left.isEmpty() && !replaces ? Optional.empty() : Optional.of(left);
  }

  private static JsonNode members(
      Definition definition, String prefix, JsonNode value, Set<String> gone) {
    if (!(value instanceof ObjectNode members)) {
      return value;
    }
    ObjectNode kept = Json.object();
    for (Map.Entry<String, JsonNode> it : members.properties()) {
      left(definition, prefix + it.getKey(), it.getValue(), gone)
          .ifPresent(left -> kept.set(it.getKey(), left));
    }
    return kept;
  }

  /**
   * What may stay of the value at a path.
   *
   * @return empty when the path leads to a deleted extension, or to an attribute that a narrowed
   *     one lacks, or when no value fits
   */
  private static Optional<JsonNode> left(
      Definition definition, String path, JsonNode value, Set<String> gone) {
    Optional<String> urn = owner(definition, path).filter(definition::isRetired);
    if (urn.isEmpty()) {
      return Optional.of(value);
    }
    if (isGone(definition, urn.get(), path)) {
      gone.add(path);
      return Optional.empty();
    }
    if (value.isMissingNode() || AttributePath.find(definition, path).isEmpty()) {
      return Optional.of(value);
    }
    if (path.equalsIgnoreCase(urn.get())) {
      JsonNode kept = members(definition, path + ":", value, gone);
      return Optional.of(kept).filter(it -> !it.isEmpty() || value.isEmpty());
    }
    Optional<JsonNode> fitting = Conformity.at(definition, path, value);
    if (fitting.filter(value::equals).isEmpty()) {
      gone.add(path);
    }
    return fitting;
  }

  /** The longest URN that a path begins with: another schema may have one that goes on. */
  private static Optional<String> owner(Definition definition, String path) {
    return Stream.of(
            Stream.of(definition.core().urn()),
            definition.extensions().stream().map(it -> it.schema().urn()),
            definition.retired().stream())
        .flatMap(it -> it)
        .filter(urn -> path.regionMatches(true, 0, urn, 0, urn.length()))
        .filter(urn -> path.length() == urn.length() || path.charAt(urn.length()) == ':')
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean isGone(Definition definition, String urn, String path) {
    boolean named = NAME.matcher(path.substring(urn.length())).matches();
    return definition.defined(urn).isEmpty()
        ? named || path.length() == urn.length()
        : named && AttributePath.isUnknown(definition, path);
  }
}
