package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.AttributePath;
import io.gatehouse.scim.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ENTRA-25: in POST and PUT {@code "urn:...:User:displayName":"Ada"} becomes {@code
 * "displayName":"Ada"}, {@code "urn:...:enterprise:2.0:User:department":"Legal"} becomes {@code
 * "urn:...:enterprise:2.0:User":{"department":"Legal"}}, and {@code "name.givenName":"Ada"} becomes
 * {@code "name":{"givenName":"Ada"}}. A value under the attribute's own name takes precedence.
 */
final class AttributesFromPaths implements Quirk {

  private static final String NAME = "attributes-from-paths";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.writes() || request.patches()) {
      return request;
    }
    ResourceDefinition definition = request.definition().orElseThrow();
    List<String> moved = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : request.body().properties()) {
      if (path(definition, member.getKey()).isPresent()) {
        moved.add(member.getKey());
      }
    }
    if (moved.isEmpty()) {
      return request;
    }
    CopyOnWrite.Copies copies = new CopyOnWrite.Copies();
    ObjectNode meant = copies.own(request.body());
    meant.remove(moved);
    for (String key : moved) {
      put(copies, meant, path(definition, key).orElseThrow(), request.body().path(key));
    }
    return request.repaired(NAME, moved, meant);
  }

  /** The path of a key that is more than a name, and that leads to one value of the schema. */
  private static Optional<AttributePath> path(ResourceDefinition definition, String key) {
    if (key.indexOf(':') < 0 && key.indexOf('.') < 0) {
      return Optional.empty();
    }
    return AttributePath.find(definition, key).filter(AttributesFromPaths::isOfOneValue);
  }

  private static boolean isOfOneValue(AttributePath path) {
    Attribute attribute = path.attribute();
    return attribute != null
        && path.filter() == null
        && attribute.type() != Attribute.Type.ANY
        && (path.sub() == null || !attribute.multiValued());
  }

  private static void put(
      CopyOnWrite.Copies copies, ObjectNode resource, AttributePath path, JsonNode value) {
    Optional<ObjectNode> parent = Optional.of(resource);
    if (path.extension() != null) {
      parent = inside(copies, resource, path.extension());
    }
    Attribute last = path.attribute();
    if (path.sub() != null && last != null) {
      String name = last.name();
      parent = parent.flatMap(it -> inside(copies, it, name));
      last = path.sub();
    }
    if (last != null && parent.isPresent() && !MemberNames.has(parent.get(), last.name())) {
      parent.get().set(last.name(), value);
    }
  }

  /**
   * A copy of the object of this name, in its place, or a new one when there is none; empty when
   * another value has the name.
   */
  private static Optional<ObjectNode> inside(
      CopyOnWrite.Copies copies, ObjectNode parent, String name) {
    for (Map.Entry<String, JsonNode> member : parent.properties()) {
      if (member.getKey().equalsIgnoreCase(name)) {
        if (!(member.getValue() instanceof ObjectNode shared)) {
          return Optional.empty();
        }
        ObjectNode own = copies.own(shared);
        member.setValue(own);
        return Optional.of(own);
      }
    }
    return Optional.of(parent.putObject(name));
  }
}
