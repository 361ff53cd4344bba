package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.ResourceType;
import java.util.Map;

/**
 * ENTRA-33, OKTA-31, OL-05: {@code "title":""} means that the title is unassigned, {@code
 * "displayName":" "} too, and an element with only a type or a primary flag left, such as {@code
 * [{"type":"work","value":""}]}, is left out. Members of groups stay as they are: an empty list
 * would empty the group.
 */
final class BlanksAsUnassigned implements RewritingQuirk {

  private static final Attribute MEMBERS =
      ResourceType.GROUP.core().attribute("members").orElseThrow();

  @Override
  public String name() {
    return "blanks-as-unassigned";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    return attribute.equals(MEMBERS) ? value : unassigned(value);
  }

  private static JsonNode unassigned(JsonNode value) {
    if (value.isTextual() && value.textValue().isBlank()) {
      return NullNode.instance;
    }
    if (value instanceof ObjectNode object) {
      return CopyOnWrite.members(object, (name, it) -> unassigned(it));
    }
    return value instanceof ArrayNode array ? withoutBlanks(array) : value;
  }

  private static ArrayNode withoutBlanks(ArrayNode sent) {
    ArrayNode array = CopyOnWrite.elements(sent, BlanksAsUnassigned::unassigned);
    ArrayNode left =
        CopyOnWrite.elements(array, it -> saysNothing(it) ? MissingNode.getInstance() : it);
    // a list without any object in it is not emptied: it would delete what is there
    return left.isEmpty() && hasNoObject(array) ? array : left;
  }

  private static boolean hasNoObject(ArrayNode array) {
    for (JsonNode element : array) {
      if (element.isObject()) {
        return false;
      }
    }
    return true;
  }

  /** Whether an element has only null values; {@code [{"type":"work"}]} has one. */
  private static boolean saysNothing(JsonNode element) {
    if (!element.isObject()) {
      return element.isNull();
    }
    int type = 0;
    int primary = 0;
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      if (member.getKey().equalsIgnoreCase("type")) {
        type = member.getValue().isNull() ? type : 1;
      } else if (member.getKey().equalsIgnoreCase("primary")) {
        primary = member.getValue().isNull() ? primary : 1;
      } else if (!member.getValue().isNull()) {
        return false;
      }
    }
    return type + primary < element.size();
  }
}
