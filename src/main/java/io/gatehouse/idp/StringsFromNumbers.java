package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.scim.Attribute;

/**
 * OKTA-31: {@code "employeeNumber":701984} becomes {@code "employeeNumber":"701984"}, for every
 * attribute that is a string, at any depth.
 */
final class StringsFromNumbers implements RewritingQuirk {

  @Override
  public String name() {
    return "strings-from-numbers";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (attribute.type() != Attribute.Type.STRING) {
      return value;
    }
    return CopyOnWrite.each(value, StringsFromNumbers::text);
  }

  private static JsonNode text(JsonNode value) {
    return value.isNumber() ? TextNode.valueOf(value.asText()) : value;
  }
}
