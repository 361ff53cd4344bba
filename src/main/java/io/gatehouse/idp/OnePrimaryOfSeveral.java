package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;
import java.util.Map;

/**
 * OKTA-32: {@code "emails":[{"value":"a","primary":true},{"value":"b","primary":true}]} becomes
 * {@code "emails":[{"value":"a","primary":false},{"value":"b","primary":true}]}, for every
 * multi-valued attribute. Only one may be the preferred one (RFC 7643 section 2.4); the last one
 * wins.
 */
final class OnePrimaryOfSeveral implements RewritingQuirk {

  private static final String PRIMARY = "primary";

  @Override
  public String name() {
    return "one-primary-of-several";
  }

  @Override
  public JsonNode value(Attribute attribute, JsonNode value) {
    if (!attribute.multiValued()
        || !(value instanceof ArrayNode list)
        || attribute.sub(PRIMARY).filter(Attribute::isPrimary).isEmpty()) {
      return value;
    }
    int primaries = 0;
    for (JsonNode element : list) {
      primaries += isPrimary(element) ? 1 : 0;
    }
    return primaries > 1 ? onlyLast(list, primaries) : list;
  }

  private static ArrayNode onlyLast(ArrayNode list, int primaries) {
    ArrayNode meant = Json.array();
    int left = primaries;
    for (JsonNode element : list) {
      boolean earlier = isPrimary(element) && --left > 0;
      meant.add(earlier && element instanceof ObjectNode object ? secondary(object) : element);
    }
    return meant;
  }

  private static ObjectNode secondary(ObjectNode element) {
    ObjectNode secondary = CopyOnWrite.copy(element);
    MemberNames.take(secondary, PRIMARY);
    return secondary.put(PRIMARY, false);
  }

  private static boolean isPrimary(JsonNode element) {
    for (Map.Entry<String, JsonNode> member : element.properties()) {
      if (member.getKey().equalsIgnoreCase(PRIMARY) && member.getValue().asBoolean()) {
        return true;
      }
    }
    return false;
  }
}
