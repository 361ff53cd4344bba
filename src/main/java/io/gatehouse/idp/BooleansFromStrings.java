package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.gatehouse.scim.Attribute;

/**
 * ENTRA-20, ENTRA-23, ENTRA-36, OL-03: {@code "active":"False"} becomes {@code "active":false}, and
 * so does 0, for every attribute that is a boolean, at any depth. Other strings stay, and are
 * refused.
 */
final class BooleansFromStrings implements RewritingQuirk {

  @Override
  public String name() {
    return "booleans-from-strings";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (attribute.type() != Attribute.Type.BOOLEAN || attribute.multiValued()) {
      return value;
    }
    String text = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
    if (text.equalsIgnoreCase("true") || text.equals("1")) {
      return BooleanNode.TRUE;
    }
    return text.equalsIgnoreCase("false") || text.equals("0") ? BooleanNode.FALSE : value;
  }
}
