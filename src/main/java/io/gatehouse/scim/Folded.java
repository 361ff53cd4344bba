package io.gatehouse.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;

/**
 * Values in the form in which they are compared without regard to case (RFC 7643 section 2.2, RFC
 * 7644 section 7.8). The same form is stored beside each document, so that the database compares by
 * the same rules.
 */
public final class Folded {

  private Folded() {}

  /** A copy in which every string is folded and every name is in lower case. */
  public static JsonNode of(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode folded = Json.object();
      object
          .properties()
          .forEach(it -> folded.set(it.getKey().toLowerCase(Locale.ROOT), of(it.getValue())));
      return folded;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode folded = Json.array();
      array.forEach(element -> folded.add(of(element)));
      return folded;
    }
    return value.isTextual() ? TextNode.valueOf(text(value.textValue())) : value;
  }

  /**
   * A string, compatibility-normalised and in lower case without regard to the machine's locale.
   */
  public static String text(String text) {
    return NameKey.fold(text);
  }
}
