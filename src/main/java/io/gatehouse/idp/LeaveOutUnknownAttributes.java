package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * ENTRA-27, OL-07: {@code {"op":"add","path":"favouriteColour","value":"red"}} is left out, and so
 * are {@code "displaNyame":"lol"} in a resource and in a value without a path, and {@code
 * "urn:acme:User:badge":"7"} in a resource, if the extension is undefined. RFC 7644 section 3.5.2
 * requires the error invalidPath, and the rest of the request would be lost. A malformed path is
 * still refused, and so is one like {@code active.value}: it may be meant to deactivate the user.
 */
final class LeaveOutUnknownAttributes implements OperationsQuirk {

  private static final Pattern ACTIVE = Pattern.compile("(?i)(?<![\\w$-])active(?![\\w$-])");

  @Override
  public String name() {
    return "leave-out-unknown-attributes";
  }

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.writes() || request.patches()) {
      return OperationsQuirk.super.fix(request);
    }
    ResourceDefinition definition = request.definition().orElseThrow();
    Set<String> unknown = new LinkedHashSet<>();
    Set<String> kept = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> member : request.body().properties()) {
      String key = member.getKey();
      boolean loose = isLoose(definition, key, member.getValue());
      if (loose || !isName(definition, key)) {
        unknown.add(key);
        (loose ? Optional.of(key) : attribute(definition, key)).ifPresent(kept::add);
      }
    }
    ObjectNode plain =
        unknown.isEmpty() ? request.body() : CopyOnWrite.copy(request.body()).without(unknown);
    ObjectNode known = known(definition, plain, unknown);
    return unknown.isEmpty()
        ? request
        : request
            .with(request.conditions().leeway().keeping(kept))
            .repaired(name(), unknown, known);
  }

  /** Whether a key of a resource is a name, or a URN; a reader ignores any other key. */
  private static boolean isName(ResourceDefinition definition, String key) {
    boolean name =
        key.regionMatches(true, 0, "urn:", 0, 4)
            || definition.attribute(key).isPresent()
            || isUnknown(definition, key);
    if (!name) {
      requireOther(definition, key);
    }
    return name;
  }

  /** Refuses a key that may be meant to deactivate a user. */
  private static void requireOther(ResourceDefinition definition, String key) {
    if (definition.type() == ResourceType.USER && ACTIVE.matcher(key).find()) {
      throw ScimException.invalidPath("There is no attribute of the name '" + key + "'.");
    }
  }

  /**
   * Whether a key is an attribute of an undefined extension without its container, so that it
   * cannot be stored.
   */
  private static boolean isLoose(ResourceDefinition definition, String key, JsonNode value) {
    boolean loose =
        key.regionMatches(true, 0, "urn:", 0, 4)
            && !definition.isCore(key)
            && definition.defined(key).isEmpty()
            && !value.isObject();
    if (loose) {
      requireOther(definition, key);
    }
    return loose;
  }

  /** The attribute that a key belongs to; a request that leaves it out must not delete it. */
  private static Optional<String> attribute(ResourceDefinition definition, String key) {
    return AttributePath.find(definition, key).map(AttributePath::attribute).map(Attribute::name);
  }

  @Override
  public List<ObjectNode> rewrite(ResourceDefinition definition, ObjectNode operation) {
    String path = operation.path("path").textValue();
    if (path != null && isUnknown(definition, path)) {
      return List.of();
    }
    if (operation.get("value") instanceof ObjectNode value
        && (path == null || definition.defined(path).isPresent())) {
      String prefix = path == null ? "" : path + ":";
      ObjectNode known = known(definition, prefix, value, new LinkedHashSet<>());
      return List.of(CopyOnWrite.with(operation, "value", known));
    }
    return List.of(operation);
  }

  private static boolean isUnknown(ResourceDefinition definition, String path) {
    return AttributePath.isUnknown(definition, path)
        && !definition.isCore(path)
        && (definition.type() != ResourceType.USER || !ACTIVE.matcher(path).find());
  }

  private static ObjectNode known(
      ResourceDefinition definition, ObjectNode members, Set<String> unknown) {
    return known(definition, "", members, unknown);
  }

  private static ObjectNode known(
      ResourceDefinition definition, String prefix, ObjectNode members, Set<String> unknown) {
    return CopyOnWrite.members(
        members,
        (name, value) -> {
          String path = prefix.isEmpty() ? name : prefix + name;
          if (value instanceof ObjectNode core && definition.isCore(path)) {
            return known(definition, "", core, unknown);
          }
          if (isUnknown(definition, path)) {
            unknown.add(path);
            return MissingNode.getInstance();
          }
          return value instanceof ObjectNode extension && definition.defined(path).isPresent()
              ? known(definition, path + ":", extension, unknown)
              : value;
        });
  }
}
