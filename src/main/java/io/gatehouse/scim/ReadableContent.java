package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Whether an object says anything that the schema knows. Unknown names are ignored (RFC 7644
 * section 3.3), but an object that has no others must not count as an empty one.
 */
public final class ReadableContent {

  private ReadableContent() {}

  /** Whether a value of a complex attribute, or one element of it, can be read. */
  public static boolean of(Attribute attribute, JsonNode object) {
    return of(attribute, object, object);
  }

  /** The same of a list, where one element that cannot be read is enough to say no. */
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

  /** Whether the container of an extension has, beside unknown names, one that is known. */
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

  /** Whether a reference or a binary value has the form of one; others are not looked at. */
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

  /** A type, or the mark of the preferred element, says nothing by itself of an element. */
  static boolean of(Attribute attribute, JsonNode sent, JsonNode canonical) {
    if (!attribute.complex() || !sent.isObject()) {
      return true;
    }
    boolean unknown =
        sent.properties().stream()
            .anyMatch(
                it -> attribute.sub(it.getKey()).isEmpty() && !Json.unassigned(it.getValue()));
    return !unknown || says(attribute, canonical);
  }

  private static boolean says(Attribute attribute, JsonNode canonical) {
    return canonical.properties().stream()
        .filter(it -> !Json.unassigned(it.getValue()))
        .flatMap(it -> attribute.sub(it.getKey()).stream())
        .anyMatch(it -> !attribute.multiValued() || !it.isMark());
  }

  private static boolean isBlank(JsonNode element) {
    return element.isContainerNode()
        && element.properties().stream().allMatch(it -> Json.unassigned(it.getValue()));
  }
}
