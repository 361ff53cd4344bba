package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * Checks values against their attribute and brings them into canonical form (RFC 7643 section 2.3).
 */
final class Values {

  private Values() {}

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
    if (Json.unassigned(value)) {
      return Json.array();
    }
    return attribute.multiValued() ? elements(attribute, value) : single(attribute, value);
  }

  private static ArrayNode elements(Attribute attribute, JsonNode value) {
    if (!value.isArray()) {
      throw ScimException.invalidValue("'" + attribute.name() + "' must be an array.");
    }
    ArrayNode elements = Json.array();
    for (JsonNode element : value) {
      JsonNode canonical = single(attribute, element);
      if (!Json.unassigned(canonical) && !contains(elements, canonical)) {
        elements.add(canonical);
      }
    }
    requireOnePrimary(attribute, elements);
    return elements;
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
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      attribute
          .sub(member.getKey())
          .filter(sub -> !sub.readOnly())
          .ifPresent(sub -> set(canonical, sub, member.getValue()));
    }
    return canonical;
  }

  private static JsonNode simple(Attribute attribute, JsonNode value) {
    boolean fits =
        switch (attribute.type()) {
          case BOOLEAN -> value.isBoolean();
          case INTEGER -> value.isIntegralNumber();
          case DECIMAL -> value.isNumber();
          case DATETIME -> value.isTextual() && isDateTime(value.textValue());
          case BINARY -> value.isTextual() && isBase64(value.textValue());
          case STRING, REFERENCE -> value.isTextual();
          case COMPLEX -> false;
          case ANY -> true;
        };
    if (!fits) {
      throw ScimException.invalidValue(
          "'"
              + attribute.name()
              + "' must be a "
              + attribute.type().name().toLowerCase(Locale.ROOT)
              + ".");
    }
    return value;
  }

  static boolean contains(ArrayNode elements, JsonNode candidate) {
    for (JsonNode element : elements) {
      if (element.equals(candidate)) {
        return true;
      }
    }
    return false;
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

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
