package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ScimException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * ENTRA-35, ENTRA-39, ENTRA-66, OL-07: strings where a multi-valued attribute has objects. {@code
 * "members":["7"]} becomes {@code "members":[{"value":"7"}]}; {@code "emails":"a@example.com"} the
 * primary work address; and {@code
 * "roles":[{"value":"{\"value\":\"auditor\",\"displayName\":\"Auditor\"}"}]}, JSON in a string,
 * what it says there, but for the id of the role in Entra.
 */
final class ElementsFromStrings implements RewritingQuirk {

  @Override
  public String name() {
    return "elements-from-strings";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (attribute.name().equals("value")) {
      return parsed(value).map(it -> it.path("value")).orElse(value);
    }
    if (!attribute.complex() || !attribute.multiValued()) {
      return value;
    }
    if (!(value instanceof ArrayNode elements)) {
      return isText(value) ? Json.array().add(alone(attribute, value)) : value;
    }
    if (elements.size() == 1 && isText(elements.get(0))) {
      return Json.array().add(alone(attribute, elements.get(0)));
    }
    return CopyOnWrite.elements(elements, it -> element(attribute, it));
  }

  private static JsonNode alone(Attribute attribute, JsonNode text) {
    JsonNode element = element(attribute, text);
    if (attribute.name().equals("emails") && element instanceof ObjectNode email) {
      email.put("type", "work").put("primary", true);
    }
    return element;
  }

  private static JsonNode element(Attribute attribute, JsonNode element) {
    if (isText(element)) {
      String main = attribute.sub("value").isPresent() ? "value" : "formatted";
      return parsed(element).orElseGet(() -> Json.object().set(main, element));
    }
    if (!(element instanceof ObjectNode object)) {
      return element;
    }
    Optional<ObjectNode> parsed = parsed(MemberNames.get(object, "value"));
    if (parsed.isEmpty()) {
      return element;
    }
    ObjectNode rest = CopyOnWrite.copy(object);
    MemberNames.take(rest, "value");
    return rest.setAll(parsed.get());
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && !value.textValue().isBlank();
  }

  /** The element that is written as JSON in a string. */
  private static Optional<ObjectNode> parsed(JsonNode value) {
    if (!value.isTextual() || !value.textValue().strip().startsWith("{")) {
      return Optional.empty();
    }
    try {
      ObjectNode element = Json.object(value.textValue().getBytes(StandardCharsets.UTF_8));
      MemberNames.take(element, "id");
      return Optional.of(element).filter(it -> it.path("value").isTextual());
    } catch (ScimException e) {
      return Optional.empty();
    }
  }
}
