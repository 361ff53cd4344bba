package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.ResourceType;
import java.util.Set;
import java.util.TreeSet;

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
    return attribute.equals(MEMBERS) ? value : unassigned(value.deepCopy());
  }

  private static JsonNode unassigned(JsonNode value) {
    if (value.isTextual() && value.textValue().isBlank()) {
      return NullNode.instance;
    }
    if (value instanceof ObjectNode object) {
      object.properties().forEach(member -> member.setValue(unassigned(member.getValue())));
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, unassigned(array.get(i)));
      }
      ArrayNode left = array.deepCopy();
      left.removeIf(BlanksAsUnassigned::saysNothing);
      // a list without any object in it is not emptied: it would delete what is there
      return left.isEmpty() && hasNoObject(array) ? array : left;
    }
    return value;
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
    Set<String> said = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    element.properties().stream()
        .filter(it -> !it.getValue().isNull())
        .forEach(it -> said.add(it.getKey()));
    boolean less = said.size() < element.size();
    said.remove("type");
    said.remove("primary");
    return less && said.isEmpty();
  }
}
