package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ReadableContent;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * BUG-03: {@code {"op":"replace","path":"emails","value":[{"email":"n@example.com"}]}} is left out,
 * and a PUT with such {@code emails} keeps the stored ones, because no element has an attribute of
 * the schema. The readable elements of a list are added. As an empty list, the value would delete
 * all elements. A malformed {@code profileUrl}, photo or certificate is left out in the same way.
 * Members of groups without a value stay as they are, and are refused.
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
    return request
        .with(adds ? leeway : leeway.keeping(reading.leftOut))
        .repaired(name(), reading.leftOut, readable);
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String op = operation.path("op").asText();
    String path = operation.path("path").textValue();
    JsonNode value = operation.path("value");
    if (op.equals("remove") || value.isMissingNode()) {
      return List.of(operation);
    }
    Reading reading = new Reading(definition, op.equals("add"));
    if (path == null) {
      return value instanceof ObjectNode members
          ? List.of(CopyOnWrite.with(operation, "value", reading.members("", saying(members))))
          : List.of(operation);
    }
    Optional<JsonNode> readable = reading.value(path, value);
    return readable.map(it -> List.of(CopyOnWrite.with(operation, "value", it))).orElse(List.of());
  }

  /** Leaves {@code "active":null} out beside other attributes; alone it stays, and is refused. */
  private static ObjectNode saying(ObjectNode members) {
    ObjectNode others =
        CopyOnWrite.members(
            members,
            (name, it) ->
                it.isNull() && PatchOperation.names(name, "active")
                    ? MissingNode.getInstance()
                    : it);
    return others.isEmpty() ? members : others;
  }

  /** One pass over a body. An addition may use a part of a list, because nothing stored is lost. */
  private static final class Reading {

    private final ResourceDefinition definition;
    private final boolean adds;
    private final Set<String> leftOut = new LinkedHashSet<>();

    Reading(ResourceDefinition definition, boolean adds) {
      this.definition = definition;
      this.adds = adds;
    }

    private ObjectNode members(String prefix, ObjectNode sent) {
      return CopyOnWrite.members(
          sent,
          (name, it) ->
              value(prefix.isEmpty() ? name : prefix + name, it).orElse(MissingNode.getInstance()));
    }

    /** The readable part of a value; empty for one that must be left out. */
    private Optional<JsonNode> value(String path, JsonNode value) {
      if (definition.isCore(path) && value instanceof ObjectNode core) {
        return Optional.of(members("", core));
      }
      if (value instanceof ObjectNode container && definition.defined(path).isPresent()) {
        return container(path, container);
      }
      Optional<AttributePath> found =
          AttributePath.find(definition, path).filter(it -> it.attribute() != null);
      Optional<JsonNode> readable =
          found.isEmpty() ? Optional.of(value) : value(found.get(), value);
      if (!readable.equals(Optional.of(value))) {
        leftOut.add(shown(found.orElseThrow()));
      }
      return readable;
    }

    private Optional<JsonNode> container(String path, ObjectNode container) {
      if (ReadableContent.of(definition.defined(path).orElseThrow(), container)) {
        return Optional.of(members(path + ":", container));
      }
      leftOut.add(definition.defined(path).orElseThrow().urn());
      return Optional.empty();
    }

    private static String shown(AttributePath path) {
      String prefix = path.extension() == null ? "" : path.extension() + ":";
      return prefix + Objects.requireNonNull(path.attribute()).name();
    }

    private Optional<JsonNode> value(AttributePath path, JsonNode sent) {
      Attribute attribute = Objects.requireNonNull(path.attribute());
      Attribute last = path.sub() == null ? attribute : path.sub();
      if (!last.complex() || !sent.isContainerNode()) {
        return Optional.of(sent).filter(it -> ReadableContent.isWellFormed(last, it));
      }
      JsonNode value = withoutReferences(attribute, sent);
      if (attribute.equals(MEMBERS)) {
        return Optional.of(value);
      }
      if (!attribute.multiValued() || path.filter() != null) {
        return Optional.of(value).filter(it -> it.isArray() || isReadable(attribute, it));
      }
      ArrayNode list = value instanceof ArrayNode many ? many : Json.array().add(value);
      return isReadable(attribute, list) ? Optional.of(value) : part(attribute, list);
    }

    private static boolean isReadable(Attribute attribute, ArrayNode list) {
      for (JsonNode element : list) {
        if (!isReadable(attribute, element)) {
          return false;
        }
      }
      return ReadableContent.ofAll(attribute, list);
    }

    private static boolean isReadable(Attribute attribute, JsonNode element) {
      return ReadableContent.of(attribute, element) && malformed(attribute, element).isEmpty();
    }

    /** The malformed references and binary values of an element. */
    private static List<String> malformed(Attribute attribute, JsonNode element) {
      List<String> malformed = List.of();
      for (Map.Entry<String, JsonNode> member : element.properties()) {
        Optional<Attribute> sub = attribute.sub(member.getKey());
        if (sub.isPresent() && !ReadableContent.isWellFormed(sub.get(), member.getValue())) {
          malformed = malformed.isEmpty() ? new ArrayList<>() : malformed;
          malformed.add(member.getKey());
        }
      }
      return malformed;
    }

    /** Leaves references out beside a value, because they are redundant. */
    private static JsonNode withoutReferences(Attribute attribute, JsonNode value) {
      if (value instanceof ArrayNode list) {
        return CopyOnWrite.elements(list, it -> withoutReferences(attribute, it));
      }
      List<String> wrong = malformed(attribute, value);
      if (wrong.isEmpty() || !(value instanceof ObjectNode object)) {
        return value;
      }
      return CopyOnWrite.members(
          object,
          (name, it) ->
              wrong.contains(name) && !name.equalsIgnoreCase("value")
                  ? MissingNode.getInstance()
                  : it);
    }

    private Optional<JsonNode> part(Attribute attribute, ArrayNode list) {
      ArrayNode part = Json.array();
      list.forEach(it -> part.add(isReadable(attribute, it) && !it.isEmpty() ? it : null));
      part.removeIf(JsonNode::isNull);
      return Optional.<JsonNode>of(part).filter(it -> adds && !it.isEmpty());
    }
  }
}
