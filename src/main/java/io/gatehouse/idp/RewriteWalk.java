package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.Schema;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One pass of a {@link RewritingQuirk} over a body, with its repairs. */
final class RewriteWalk {

  private final RewritingQuirk quirk;
  private final ResourceDefinition definition;
  private final Set<String> repaired = new LinkedHashSet<>();

  private RewriteWalk(RewritingQuirk quirk, ResourceDefinition definition) {
    this.quirk = quirk;
    this.definition = definition;
  }

  static ScimRequest of(RewritingQuirk quirk, ScimRequest request) {
    RewriteWalk walk = new RewriteWalk(quirk, request.definition().orElseThrow());
    ObjectNode meant =
        request.patches() ? walk.message(request.body()) : walk.resource(request.body());
    return walk.repaired.isEmpty() ? request : request.repaired(quirk.name(), walk.repaired, meant);
  }

  private ObjectNode message(ObjectNode sent) {
    ObjectNode meant = sent.deepCopy();
    if (sent.get("Operations") instanceof ArrayNode operations) {
      meant.set(
          "Operations",
          each(operations, it -> it instanceof ObjectNode object ? operation(object) : it));
    }
    return meant;
  }

  private ObjectNode operation(ObjectNode sent) {
    ObjectNode meant = sent.deepCopy();
    JsonNode value = sent.path("value");
    String path = sent.path("path").textValue();
    if (path == null) {
      return value instanceof ObjectNode members ? meant.set("value", members(members)) : meant;
    }
    String meantPath = renamed(path);
    meant.put("path", meantPath);
    if (value.isMissingNode()) {
      return meant;
    }
    JsonNode meantValue = at(meantPath, value);
    // a removal with an empty list removes all members, so a list must not become empty here
    boolean widened =
        sent.path("op").asText().equals("remove")
            && Json.unassigned(meantValue)
            && !Json.unassigned(value);
    return widened ? meant : meant.set("value", meantValue);
  }

  /** Rewrites a partial resource, whose names may be paths. */
  private ObjectNode members(ObjectNode sent) {
    ObjectNode meant = Json.object();
    sent.properties().forEach(it -> put(meant, it.getKey(), it.getValue()));
    return meant;
  }

  private void put(ObjectNode parent, String sent, JsonNode value) {
    String name = renamed(sent);
    JsonNode meant = at(name, value);
    if (parent.get(name) instanceof ObjectNode present && meant instanceof ObjectNode more) {
      present.setAll(more);
    } else if (name.equals(sent) || !parent.has(name)) {
      parent.set(name, meant);
    }
  }

  /** Rewrites a whole resource: attributes of an extension are in its container. */
  private ObjectNode resource(ObjectNode sent) {
    ObjectNode meant = Json.object();
    sent.properties().stream()
        .filter(it -> !isMoved(it.getKey()))
        .forEach(it -> put(meant, it.getKey(), it.getValue()));
    sent.properties().stream()
        .filter(it -> isMoved(it.getKey()))
        .forEach(it -> move(meant, it.getKey(), it.getValue()));
    return meant;
  }

  private boolean isMoved(String name) {
    String meant = quirk.path(definition, name);
    return !meant.equals(name)
        && AttributePath.find(definition, meant)
            .filter(it -> it.extension() != null && it.attribute() != null)
            .isPresent();
  }

  /** Moves a value into its container; a value that the container already has takes precedence. */
  private void move(ObjectNode resource, String sent, JsonNode value) {
    String path = renamed(sent);
    String urn = path.substring(0, path.lastIndexOf(':'));
    String name = path.substring(urn.length() + 1);
    if (Json.unassigned(value)) {
      return;
    }
    ObjectNode container =
        resource.get(urn) instanceof ObjectNode present ? present : resource.putObject(urn);
    if (!container.has(name)) {
      container.set(name, at(path, value));
    }
  }

  private String renamed(String path) {
    String meant = quirk.path(definition, path);
    if (!meant.equals(path)) {
      repaired.add(path);
    }
    return meant;
  }

  private JsonNode at(String path, JsonNode value) {
    if (definition.isCore(path) && value instanceof ObjectNode members) {
      return members(members);
    }
    if (path.equalsIgnoreCase("schemas")) {
      return each(value, it -> it.isTextual() ? TextNode.valueOf(renamed(it.asText())) : it);
    }
    return AttributePath.find(definition, path).map(it -> at(it, path, value)).orElse(value);
  }

  private JsonNode at(AttributePath target, String path, JsonNode value) {
    Attribute attribute = target.attribute();
    if (attribute == null) {
      return extension(Optional.ofNullable(target.extension()), value);
    }
    if (target.sub() != null) {
      return value(path, target.sub(), value);
    }
    if (target.filter() == null || Json.unassigned(value)) {
      return value(path, attribute, value);
    }
    JsonNode elements = value(path, attribute, Json.array().add(value));
    return elements.isArray() && elements.size() == 1 ? elements.get(0) : value;
  }

  private JsonNode extension(Optional<String> urn, JsonNode value) {
    Optional<Schema> schema = urn.flatMap(definition::defined);
    if (schema.isEmpty() || !(value instanceof ObjectNode members)) {
      return value;
    }
    ObjectNode meant = Json.object();
    members
        .properties()
        .forEach(
            it ->
                meant.set(
                    it.getKey(),
                    schema
                        .get()
                        .attribute(it.getKey())
                        .map(attribute -> value(it.getKey(), attribute, it.getValue()))
                        .orElse(it.getValue())));
    return meant;
  }

  private JsonNode value(String path, Attribute attribute, JsonNode sent) {
    JsonNode meant = quirk.value(attribute, sent);
    if (!meant.equals(sent)) {
      repaired.add(path);
    }
    return attribute.complex() ? each(meant, it -> inside(path, attribute, it)) : meant;
  }

  private JsonNode inside(String path, Attribute attribute, JsonNode element) {
    if (!(element instanceof ObjectNode members)) {
      return element;
    }
    ObjectNode meant = Json.object();
    members
        .properties()
        .forEach(
            it ->
                meant.set(
                    it.getKey(),
                    attribute
                        .sub(it.getKey())
                        .map(sub -> value(path + "." + it.getKey(), sub, it.getValue()))
                        .orElse(it.getValue())));
    return meant;
  }

  /** Rewrites each element of an array, or a single value. */
  private static JsonNode each(JsonNode value, UnaryOperator<JsonNode> rewriting) {
    if (!value.isArray()) {
      return rewriting.apply(value);
    }
    ArrayNode rewritten = Json.array();
    value.forEach(element -> rewritten.add(rewriting.apply(element)));
    return rewritten;
  }
}
