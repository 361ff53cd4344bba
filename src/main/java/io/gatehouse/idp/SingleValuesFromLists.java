package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;

/**
 * BUG-41: {@code "displayName":["Erna"]}, {@code "displayName":[{"value":"Erna"}]} and {@code
 * "displayName":{"value":"Erna"}} become {@code "displayName":"Erna"}, for every attribute and part
 * of one that has a single value. A list of several stays, and is refused.
 */
final class SingleValuesFromLists implements RewritingQuirk {

  private static final String VALUE = "value";

  @Override
  public String name() {
    return "single-values-from-lists";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (attribute.multiValued() || attribute.type() == Attribute.Type.ANY) {
      return value;
    }
    JsonNode one = value.isArray() && value.size() == 1 ? value.get(0) : value;
    if (attribute.complex()) {
      return one.isObject() ? one : value;
    }
    JsonNode simple = one instanceof ObjectNode object ? valueOf(object) : one;
    return simple.isValueNode() ? simple : value;
  }

  private static JsonNode valueOf(ObjectNode object) {
    JsonNode value = MemberNames.get(object, VALUE);
    return value.isMissingNode() ? object : value;
  }
}
