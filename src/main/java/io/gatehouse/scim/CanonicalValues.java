package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks values against their attribute and brings them into canonical form (RFC 7643 section 2.3).
 */
final class CanonicalValues {

  private CanonicalValues() {}

  /**
   * Sets {@code attribute} in {@code parent}, or removes it when {@code value} means unassigned.
   */
  static void set(ObjectNode parent, Attribute attribute, JsonNode value) {
    JsonNode canonical = canonical(attribute, value);
    if (Json.unassigned(canonical)) {
      parent.remove(attribute.name());
    } else {
      parent.set(attribute.name(), canonical);
    }
  }

  static JsonNode canonical(Attribute attribute, JsonNode value) {
    boolean object = value.isObject() && (attribute.multiValued() || !attribute.complex());
    if (Json.unassigned(value) && !object) {
      return Json.array();
    }
    return attribute.multiValued() ? elements(attribute, value) : single(attribute, value);
  }

  private static ArrayNode elements(Attribute attribute, JsonNode value) {
    ArrayNode elements = DistinctElements.of(attribute, each(attribute, value));
    requireOnePrimary(attribute, elements);
    return elements;
  }

  /**
   * The assigned elements of a list. A list without any readable element is refused: as an empty
   * list it would delete the stored values.
   */
  static List<JsonNode> each(Attribute attribute, JsonNode value) {
    if (!value.isArray()) {
      throw ScimException.invalidValue("'" + attribute.name() + "' must be an array.");
    }
    List<JsonNode> elements = new ArrayList<>();
    for (JsonNode element : value) {
      JsonNode canonical = single(attribute, element);
      requireReadable(attribute, element, canonical);
      if (!Json.unassigned(canonical)) {
        elements.add(canonical);
      }
    }
    if (elements.isEmpty() && !value.isEmpty()) {
      throw unreadable(attribute);
    }
    return elements;
  }

  /**
   * Refuses an object whose values have unknown names only.
   *
   * @param canonical the readable part of {@code sent}
   */
  static void requireReadable(Attribute attribute, JsonNode sent, JsonNode canonical) {
    if (!ReadableContent.of(attribute, sent, canonical)) {
      throw unreadable(attribute);
    }
  }

  private static ScimException unreadable(Attribute attribute) {
    return ScimException.invalidValue(
        "'" + attribute.name() + "' has an object without any sub-attribute of the schema.");
  }

  /** One element of a multi-valued attribute, or the value of a singular one. */
  static JsonNode single(Attribute attribute, JsonNode value) {
    if (!attribute.complex()) {
      return simple(attribute, value);
    }
    if (!value.isObject()) {
      throw ScimException.invalidValue("'" + attribute.name() + "' must be an object.");
    }
    ObjectNode canonical = Json.object();
    UniqueNames uniqueNames = new UniqueNames();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      Attribute sub = attribute.sub(member.getKey()).orElse(null);
      if (sub != null) {
        uniqueNames.see(sub.name());
        setUnlessReadOnly(canonical, sub, member.getValue());
      }
    }
    return canonical;
  }

  private static void setUnlessReadOnly(ObjectNode parent, Attribute sub, JsonNode value) {
    if (!sub.readOnly()) {
      set(parent, sub, value);
    }
  }

  private static JsonNode simple(Attribute attribute, JsonNode value) {
    return LexicalTypes.canonical(attribute.type(), value)
        .orElseThrow(
            () ->
                ScimException.invalidValue(
                    "'" + attribute.name() + "' must be a " + attribute.type().label() + "."));
  }

  private static void requireOnePrimary(Attribute attribute, ArrayNode elements) {
    int primaries = 0;
    for (JsonNode element : elements) {
      primaries += element.path("primary").asBoolean() ? 1 : 0;
    }
    if (primaries > 1) {
      throw ScimException.invalidValue(
          "'" + attribute.name() + "' has more than one primary value.");
    }
  }
}
