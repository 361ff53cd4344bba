package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether an object is readable. Undefined names are ignored (RFC 7644 section 3.3), but an
 * object with undefined names only must not count as empty.
 */
public final class ReadableContent {

  private ReadableContent() {}

  /** Whether a value of a complex attribute, or one element of it, is readable. */
  public static boolean of(Attribute attribute, JsonNode object) {
    return of(attribute, object, object);
  }

  /** Whether all elements of a list are readable, and not all of them are blank. */
  public static boolean ofAll(Attribute attribute, JsonNode list) {
    boolean says = list.isEmpty();
    for (JsonNode element : list) {
      if (!of(attribute, element)) {
        return false;
      }
      says |= !isBlank(element);
    }
    return says;
  }

  /**
   * Whether the container of an extension is readable: it has a defined name, or no undefined one.
   */
  public static boolean of(Schema schema, JsonNode container) {
    boolean known = false;
    boolean unknown = false;
    for (Map.Entry<String, JsonNode> member : container.properties()) {
      boolean defined = schema.attribute(member.getKey()).isPresent();
      known |= defined;
      unknown |= !defined && !Json.unassigned(member.getValue());
    }
    return known || !unknown;
  }

  /** Whether a reference or a binary value is well-formed; true for other types. */
  public static boolean isWellFormed(Attribute attribute, JsonNode value) {
    boolean formed =
        attribute.type() == Attribute.Type.REFERENCE || attribute.type() == Attribute.Type.BINARY;
    if (!formed || value.isMissingNode() || Json.isNothing(value)) {
      return true;
    }
    if (!attribute.multiValued() || !value.isArray()) {
      return LexicalTypes.canonical(attribute.type(), value).isPresent();
    }
    for (JsonNode element : value) {
      if (LexicalTypes.canonical(attribute.type(), element).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a value with undefined names has a defined one too; in an element, a type or a primary
   * flag alone does not count.
   */
  static boolean of(Attribute attribute, JsonNode sent, JsonNode canonical) {
    if (!attribute.complex() || !sent.isObject()) {
      return true;
    }
    return !saysUnknown(attribute, sent) || says(attribute, canonical);
  }

  private static boolean saysUnknown(Attribute attribute, JsonNode sent) {
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      if (attribute.sub(member.getKey()).isEmpty() && !Json.unassigned(member.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Attribute attribute, JsonNode canonical) {
    for (Map.Entry<String, JsonNode> member : canonical.properties()) {
      Optional<Attribute> sub = attribute.sub(member.getKey());
      if (sub.isPresent()
          && !Json.unassigned(member.getValue())
          && (!attribute.multiValued() || !sub.get().isMark())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBlank(JsonNode element) {
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      if (!Json.unassigned(member.getValue())) {
        return false;
      }
    }
    return element.isContainerNode();
  }
}
