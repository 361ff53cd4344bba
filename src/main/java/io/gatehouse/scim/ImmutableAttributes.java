package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import java.util.Collection;

/**
 * Attributes that are written once (RFC 7643 section 7, RFC 7644 section 3.5.1). The elements of a
 * multi-valued attribute are not compared: they are added and removed as a whole. A change of one
 * by a path is refused where the path is applied.
 */
public final class ImmutableAttributes {

  private ImmutableAttributes() {}

  /**
   * Compares two states of a resource.
   *
   * @throws ScimException 400 mutability when a set value differs or is missing
   */
  public static void check(ResourceDefinition definition, ObjectNode before, ObjectNode after) {
    check(definition.core().attributes().values(), before, after);
    for (Extension extension : definition.extensions()) {
      String urn = extension.schema().urn();
      check(extension.schema().attributes().values(), before.path(urn), after.path(urn));
    }
  }

  static void check(Collection<Attribute> attributes, JsonNode before, JsonNode after) {
    for (Attribute attribute : attributes) {
      JsonNode old = before.path(attribute.name());
      JsonNode now = after.path(attribute.name());
      if (attribute.immutable() && !old.isMissingNode() && !old.equals(now)) {
        throw ScimException.mutability("'" + attribute.name() + "' is set and cannot be changed.");
      }
      if (!attribute.multiValued()) {
        check(attribute.subAttributes().values(), old, now);
      }
    }
  }

  /**
   * Copies immutable values that a replacement leaves out.
   *
   * @param after is changed, and returned
   */
  public static ObjectNode keep(
      ResourceDefinition definition, ObjectNode before, ObjectNode after) {
    keep(definition.core().attributes().values(), before, after);
    for (Extension extension : definition.extensions()) {
      keepInside(extension.schema().urn(), extension.schema().attributes().values(), before, after);
    }
    return after;
  }

  private static void keep(Collection<Attribute> attributes, JsonNode before, ObjectNode after) {
    for (Attribute attribute : attributes) {
      JsonNode old = before.path(attribute.name());
      if (attribute.immutable() && !old.isMissingNode() && !after.has(attribute.name())) {
        after.set(attribute.name(), old);
      } else if (!attribute.multiValued() && !attribute.subAttributes().isEmpty()) {
        keepInside(attribute.name(), attribute.subAttributes().values(), before, after);
      }
    }
  }

  private static void keepInside(
      String name, Collection<Attribute> attributes, JsonNode before, ObjectNode after) {
    ObjectNode inner = after.get(name) instanceof ObjectNode present ? present : Json.object();
    keep(attributes, before.path(name), inner);
    if (!inner.isEmpty()) {
      after.set(name, inner);
    }
  }
}
