package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;

/**
 * OL-04: {@code "emails":{"value":"a@example.com"}} becomes {@code
 * "emails":[{"value":"a@example.com"}]}, for every multi-valued attribute. OneLogin's enterprise
 * template has objects there.
 */
final class ArraysFromObjects implements RewritingQuirk {

  @Override
  public String name() {
    return "arrays-from-objects";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    return attribute.multiValued() && value.isObject() ? Json.array().add(value) : value;
  }
}
