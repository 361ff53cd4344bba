package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Readability;
import io.gatehouse.scim.ResourceType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * BUG-03: {@code {"op":"replace","path":"emails","value":[{"email":"n@example.com"}]}} is left out,
 * and a PUT keeps the {@code emails} that it has in such a form, because no element says anything
 * that the schema knows; what can be read of a list is added. Taken for an empty list, it would
 * delete all. Members of groups stay as they are, and are refused.
 */
final class LeaveOutUnreadableValues implements OperationsQuirk {

  private static final Attribute MEMBERS =
      ResourceType.GROUP.core().attribute("members").orElseThrow();

  @Override
  public String name() {
    return "leave-out-unreadable-values";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.writes() || request.patches()) {
      return OperationsQuirk.super.fix(request);
    }
    boolean adds = request.line().method().equals("POST");
    Reading reading = new Reading(request.definition().orElseThrow(), adds);
    ObjectNode readable = reading.members("", request.body());
    if (reading.leftOut.isEmpty()) {
      return request;
    }
    Leeway leeway = request.conditions().leeway();
    for (String path : reading.leftOut) {
      leeway = adds ? leeway : leeway.keeping(path);
    }
    return request.with(leeway).repaired(name(), reading.leftOut, readable);
  }

  @Override
  public List<ObjectNode> rewrite(Definition definition, ObjectNode operation) {
    String op = operation.path("op").asText();
    String path = operation.path("path").textValue();
    JsonNode value = operation.path("value");
    if (op.equals("remove") || value.isMissingNode()) {
      return List.of(operation);
    }
    Reading reading = new Reading(definition, op.equals("add"));
    if (path == null) {
      return value instanceof ObjectNode members
          ? List.of(operation.set("value", reading.members("", members)))
          : List.of(operation);
    }
    Optional<JsonNode> readable = reading.value(path, value);
    return readable.map(it -> List.of(operation.<ObjectNode>set("value", it))).orElse(List.of());
  }

  /** One walk through a body; an addition can do with a part of a list, as nothing is lost then. */
  private static final class Reading {

    private final Definition definition;
    private final boolean adds;
    private final Set<String> leftOut = new LinkedHashSet<>();

    Reading(Definition definition, boolean adds) {
      this.definition = definition;
      this.adds = adds;
    }

    private ObjectNode members(String prefix, ObjectNode sent) {
      ObjectNode readable = Json.object();
      for (Map.Entry<String, JsonNode> member : sent.properties()) {
        value(prefix + member.getKey(), member.getValue())
            .ifPresent(it -> readable.set(member.getKey(), it));
      }
      return readable;
    }

    /** What of a value can be read; empty for one that must be left out. */
    private Optional<JsonNode> value(String path, JsonNode value) {
      if (definition.isCore(path) && value instanceof ObjectNode core) {
        return Optional.of(members("", core));
      }
      if (value instanceof ObjectNode container && definition.defined(path).isPresent()) {
        return container(path, container);
      }
      Optional<AttributePath> found =
          AttributePath.find(definition, path)
              .filter(it -> it.sub() == null && it.attribute() != null);
      Optional<JsonNode> readable =
          found.isEmpty() ? Optional.of(value) : value(found.get(), value);
      if (!readable.equals(Optional.of(value))) {
        leftOut.add(shown(found.orElseThrow()));
      }
      return readable;
    }

    private Optional<JsonNode> container(String path, ObjectNode container) {
      if (Readability.of(definition.defined(path).orElseThrow(), container)) {
        return Optional.of(members(path + ":", container));
      }
      leftOut.add(definition.defined(path).orElseThrow().urn());
      return Optional.empty();
    }

    private static String shown(AttributePath path) {
      String prefix = path.extension() == null ? "" : path.extension() + ":";
      return prefix + Objects.requireNonNull(path.attribute()).name();
    }

    private Optional<JsonNode> value(AttributePath path, JsonNode value) {
      Attribute attribute = Objects.requireNonNull(path.attribute());
      if (!attribute.complex() || attribute.equals(MEMBERS) || !value.isContainerNode()) {
        return Optional.of(value);
      }
      if (!attribute.multiValued() || path.filter() != null) {
        return Optional.of(value).filter(it -> it.isArray() || Readability.of(attribute, it));
      }
      ArrayNode list = value instanceof ArrayNode many ? many : Json.array().add(value);
      return Readability.ofAll(attribute, list) ? Optional.of(value) : part(attribute, list);
    }

    private Optional<JsonNode> part(Attribute attribute, ArrayNode list) {
      ArrayNode part = Json.array();
      list.forEach(it -> part.add(Readability.of(attribute, it) && !it.isEmpty() ? it : null));
      part.removeIf(JsonNode::isNull);
      return Optional.<JsonNode>of(part).filter(it -> adds && !it.isEmpty());
    }
  }
}
