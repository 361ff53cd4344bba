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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass of a {@link RewritingQuirk} over a body, with its repairs. The body itself stays; the
 * parts of it that the quirk does not change are parts of the result.
 */
final class RewriteWalk {

  private final RewritingQuirk quirk;
  private final ResourceDefinition definition;
  private final Set<String> repaired = new LinkedHashSet<>();
  private final CopyOnWrite.Copies copies = new CopyOnWrite.Copies();

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
    return sent.get("Operations") instanceof ArrayNode operations
        ? CopyOnWrite.with(
            sent,
            "Operations",
            CopyOnWrite.elements(
                operations, it -> it instanceof ObjectNode object ? operation(object) : it))
        : sent;
  }

  private ObjectNode operation(ObjectNode sent) {
    JsonNode value = sent.path("value");
    String path = sent.path("path").textValue();
    if (path == null) {
      return value instanceof ObjectNode members
          ? CopyOnWrite.with(sent, "value", members(members))
          : sent;
    }
    String meantPath = renamed(path);
    ObjectNode meant =
        meantPath.equals(path) ? sent : CopyOnWrite.with(sent, "path", TextNode.valueOf(meantPath));
    if (value.isMissingNode()) {
      return meant;
    }
    JsonNode meantValue = at(meantPath, value);
    // a removal with an empty list removes all members, so a list must not become empty here
    boolean widened =
        sent.path("op").asText().equals("remove")
            && Json.unassigned(meantValue)
            && !Json.unassigned(value);
    return widened ? meant : CopyOnWrite.with(meant, "value", meantValue);
  }

  /** Rewrites a partial resource, whose names may be paths. */
  private ObjectNode members(ObjectNode sent) {
    if (!renamesAny(sent)) {
      return CopyOnWrite.members(sent, this::at);
    }
    ObjectNode meant = Json.object();
    sent.properties().forEach(it -> put(meant, it.getKey(), it.getValue()));
    return meant;
  }

  private void put(ObjectNode parent, String sent, JsonNode value) {
    String name = renamed(sent);
    JsonNode meant = at(name, value);
    if (parent.get(name) instanceof ObjectNode present && meant instanceof ObjectNode more) {
      parent.set(name, copies.own(present).setAll(more));
    } else if (name.equals(sent) || !parent.has(name)) {
      parent.set(name, meant);
    }
  }

  /** Rewrites a whole resource: attributes of an extension are in its container. */
  private ObjectNode resource(ObjectNode sent) {
    if (!renamesAny(sent)) {
      return CopyOnWrite.members(sent, this::at);
    }
    ObjectNode meant = Json.object();
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      if (!isMoved(member.getKey())) {
        put(meant, member.getKey(), member.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      if (isMoved(member.getKey())) {
        move(meant, member.getKey(), member.getValue());
      }
    }
    return meant;
  }

  private boolean renamesAny(ObjectNode sent) {
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      if (!quirk.path(definition, member.getKey()).equals(member.getKey())) {
        return true;
      }
    }
    return false;
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
        copies.own(resource.get(urn) instanceof ObjectNode present ? present : Json.object());
    if (!container.has(name)) {
      container.set(name, at(path, value));
    }
    resource.set(urn, container);
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
      return CopyOnWrite.each(value, this::urn);
    }
    Optional<AttributePath> target = AttributePath.find(definition, path);
    return target.isPresent() ? at(target.get(), path, value) : value;
  }

  private JsonNode urn(JsonNode sent) {
    String meant = sent.isTextual() ? renamed(sent.textValue()) : "";
    return sent.isTextual() && !meant.equals(sent.textValue()) ? TextNode.valueOf(meant) : sent;
  }

  private JsonNode at(AttributePath target, String path, JsonNode value) {
    Attribute attribute = target.attribute();
    if (attribute == null) {
      return extension(target.extension(), value);
    }
    if (target.sub() != null) {
      return value("", path, target.sub(), value);
    }
    if (target.filter() == null || Json.unassigned(value)) {
      return value("", path, attribute, value);
    }
    JsonNode elements = value("", path, attribute, Json.array().add(value));
    return elements.isArray() && elements.size() == 1 ? elements.get(0) : value;
  }

  private JsonNode extension(@Nullable String urn, JsonNode value) {
    Optional<Schema> schema = urn == null ? Optional.empty() : definition.defined(urn);
    return schema.isPresent() && value instanceof ObjectNode members
        ? CopyOnWrite.members(
            members, (name, it) -> value("", name, schema.get().attribute(name), it))
        : value;
  }

  private JsonNode value(String parent, String name, Optional<Attribute> attribute, JsonNode sent) {
    return attribute.isPresent() ? value(parent, name, attribute.get(), sent) : sent;
  }

  /** Rewrites a value and what is inside it; records the path of a value that changes. */
  private JsonNode value(String parent, String name, Attribute attribute, JsonNode sent) {
    JsonNode meant = quirk.value(attribute, sent);
    if (!meant.equals(sent)) {
      repaired.add(joined(parent, name));
    }
    if (!attribute.complex()) {
      return meant;
    }
    String path = joined(parent, name);
    return CopyOnWrite.each(meant, it -> inside(path, attribute, it));
  }

  private JsonNode inside(String path, Attribute attribute, JsonNode element) {
    return element instanceof ObjectNode members
        ? CopyOnWrite.members(members, (name, it) -> value(path, name, attribute.sub(name), it))
        : element;
  }

  private static String joined(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }
}
