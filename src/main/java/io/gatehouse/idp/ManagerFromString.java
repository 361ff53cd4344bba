package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.Schema;
import io.gatehouse.scim.Schemas;

/**
 * ENTRA-32, ENTRA-33, OL-09: {@code "manager":"271"}, {@code
 * "manager":[{"$ref":"...","value":"271"}]} and {@code "manager":{"managerId":"271"}} become {@code
 * "manager":{"value":"271"}}; one whose value is blank becomes null, which clears it.
 */
final class ManagerFromString implements RewritingQuirk {

  private static final String ID = "managerId";

  private static final Attribute MANAGER =
      Schemas.STANDARD
          .definition(ResourceType.USER)
          .defined(Schema.ENTERPRISE_USER)
          .flatMap(it -> it.attribute("manager"))
          .orElseThrow();

  @Override
  public String name() {
    return "manager-from-string";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    return attribute.equals(MANAGER) ? manager(value) : value;
  }

  private static JsonNode manager(JsonNode value) {
    if (value instanceof ArrayNode list) {
      return list.isEmpty() ? NullNode.instance : alone(manager(list.get(0)));
    }
    if (value instanceof ObjectNode object) {
      return described(object);
    }
    if (!value.isTextual() && !value.isNumber()) {
      return value;
    }
    return value.asText().isBlank()
        ? NullNode.instance
        : Json.object().put("value", value.asText());
  }

  /**
   * The manager alone: an element of a list has {@code $ref} and {@code value}, and the value
   * counts.
   */
  private static JsonNode alone(JsonNode manager) {
    return manager.path("value").isTextual()
        ? Json.object().set("value", manager.path("value"))
        : manager;
  }

  private static JsonNode described(ObjectNode sent) {
    ObjectNode manager = MemberNames.has(sent, ID) ? identified(sent) : sent;
    JsonNode value = MemberNames.get(manager, "value");
    return value.isTextual() && value.textValue().isBlank() ? NullNode.instance : manager;
  }

  private static ObjectNode identified(ObjectNode sent) {
    ObjectNode manager = CopyOnWrite.copy(sent);
    JsonNode id = MemberNames.take(manager, ID);
    return MemberNames.has(manager, "value") ? manager : manager.set("value", id);
  }
}
