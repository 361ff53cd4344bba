package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Removes from PATCH operations the paths and values that a retired extension does not define. */
public final class RetiredPaths {

  /**
   * The part of a path after the URN of an extension: an attribute, then sub-attributes or a
   * filter.
   */
  private static final Pattern NAME =
      Pattern.compile(":[\\w$-]+(\\.[\\w$-]+)*(\\[.*)?", Pattern.DOTALL);

  private RetiredPaths() {}

  /**
   * The part of an operation that may stay.
   *
   * @param operation as JSON, well-formed or not
   * @param gone receives the paths that are left out
   * @return empty when no part may stay; the same object when all of it may
   */
  public static Optional<JsonNode> leaveOut(
      ResourceDefinition definition, JsonNode operation, Set<String> gone) {
    ProtocolMessage message = ProtocolMessage.of(operation);
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

  private static boolean isSchemas(ResourceDefinition definition, String path) {
    return AttributePath.find(definition, path)
        .filter(it -> it.extension() == null)
        .flatMap(it -> Optional.ofNullable(it.attribute()))
        .filter(it -> it.name().equals("schemas"))
        .isPresent();
  }

  /**
   * The value of {@code schemas} without deleted URNs. If it becomes empty, a removal or addition
   * is left out, and a replacement stays.
   */
  private static Optional<JsonNode> schemas(
      ResourceDefinition definition, JsonNode urns, boolean replaces, Set<String> gone) {
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
      ResourceDefinition definition, String prefix, JsonNode value, Set<String> gone) {
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
   * The part of the value at a path that may stay.
   *
   * @return empty when the path leads to a deleted extension, or to an attribute that a narrowed
   *     extension lacks, or when no value fits
   */
  private static Optional<JsonNode> left(
      ResourceDefinition definition, String path, JsonNode value, Set<String> gone) {
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
    Optional<JsonNode> fitting = ConformingValues.at(definition, path, value);
    if (fitting.filter(value::equals).isEmpty()) {
      gone.add(path);
    }
    return fitting;
  }

  /** The longest URN that a path begins with, because one URN may be the prefix of another. */
  private static Optional<String> owner(ResourceDefinition definition, String path) {
    return Stream.of(
            Stream.of(definition.core().urn()),
            definition.extensions().stream().map(it -> it.schema().urn()),
            definition.retired().stream())
        .flatMap(it -> it)
        .filter(urn -> path.regionMatches(true, 0, urn, 0, urn.length()))
        .filter(urn -> path.length() == urn.length() || path.charAt(urn.length()) == ':')
        .max(Comparator.comparingInt(String::length));
  }

  private static boolean isGone(ResourceDefinition definition, String urn, String path) {
    boolean named = NAME.matcher(path.substring(urn.length())).matches();
    return definition.defined(urn).isEmpty()
        ? named || path.length() == urn.length()
        : named && AttributePath.isUnknown(definition, path);
  }
}
