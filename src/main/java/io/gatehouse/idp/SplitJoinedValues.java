package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;

/**
 * OL-07: {@code "roles":"Admin;Auditor"} becomes {@code "roles":["Admin","Auditor"]}, for every
 * multi-valued attribute. OneLogin joins the values of a parameter that is not configured as
 * multi-valued.
 */
final class SplitJoinedValues implements RewritingQuirk {

  @Override
  public String name() {
    return "split-joined-values";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (!attribute.multiValued() || !value.isTextual() || !value.textValue().contains(";")) {
      return value;
    }
    ArrayNode parts = Json.array();
    for (String part : value.textValue().split(";", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}
