package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Schemas.Extension;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks required attributes and extensions (RFC 7643 section 7). An attribute that an extension
 * requires may stay missing after a PATCH if the resource lacked it before. An inactive user may
 * lack it too. So a stricter schema never blocks a deactivation.
 */
final class Presence {

  private Presence() {}

  /**
   * Checks a whole document.
   *
   * @param before the document as it was; a missing node when there was none
   * @throws ScimException 400 invalidValue when a required attribute or extension is missing
   */
  static void require(ResourceDefinition definition, JsonNode before, ObjectNode after) {
    requireCore(definition, after);
    if (before.isObject() && isLeaver(after)) {
      return;
    }
    for (Extension extension : definition.extensions()) {
      String urn = extension.schema().urn();
      JsonNode old = before.path(urn);
      if (after.has(urn)) {
        attributes(old, after.path(urn), extension.schema().attributes());
      } else if (extension.required() && (old.isObject() || !before.isObject())) {
        throw ScimException.invalidValue(urn + " is required.");
      }
    }
  }

  /**
   * Checks a document that replaces another: it must be complete, except for an inactive user.
   *
   * @throws ScimException as {@link #require} does
   */
  static void requireWhole(ResourceDefinition definition, ObjectNode after) {
    require(definition, isLeaver(after) ? Json.object() : MissingNode.getInstance(), after);
  }

  private static boolean isLeaver(ObjectNode user) {
    return !user.path("active").asBoolean(true);
  }

  /** Checks the attributes of the core schema alone. */
  static void requireCore(ResourceDefinition definition, ObjectNode after) {
    attributes(MissingNode.getInstance(), after, definition.core().attributes());
  }

  private static void attributes(
      JsonNode before, JsonNode after, Map<String, Attribute> attributes) {
    for (Attribute attribute : attributes.values()) {
      JsonNode old = before.path(attribute.name());
      JsonNode value = after.path(attribute.name());
      boolean lackedBefore = before.isObject() && isLacking(old);
      if (attribute.required() && isLacking(value) && !lackedBefore) {
        throw ScimException.invalidValue("The attribute '" + attribute.name() + "' is required.");
      }
      if (value.isObject()) {
        attributes(old, value, attribute.subAttributes());
      } else if (value.isArray()) {
        elements(old, value, attribute.subAttributes());
      }
    }
  }

  /** Checks elements; an element that existed before may stay as it was. */
  private static void elements(JsonNode before, JsonNode after, Map<String, Attribute> members) {
    if (members.values().stream().noneMatch(Attribute::required)) {
      return;
    }
    Set<JsonNode> known = new HashSet<>();
    before.forEach(known::add);
    for (JsonNode element : after) {
      if (!known.contains(element)) {
        attributes(MissingNode.getInstance(), element, members);
      }
    }
  }

  private static boolean isLacking(JsonNode value) {
    return value.isMissingNode() || (value.isTextual() && value.textValue().isBlank());
  }
}
