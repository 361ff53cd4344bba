package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Attribute;

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
        || attribute.sub(PRIMARY).filter(Attribute::isPrimary).isEmpty()
        || !(value instanceof ArrayNode list)) {
      return value;
    }
    ArrayNode meant = list.deepCopy();
    boolean chosen = false;
    for (int i = meant.size() - 1; i >= 0; i--) {
      if (meant.get(i) instanceof ObjectNode element && isPrimary(element)) {
        if (chosen) {
          MemberNames.take(element, PRIMARY);
          element.put(PRIMARY, false);
        }
        chosen = true;
      }
    }
    return meant;
  }

  private static boolean isPrimary(ObjectNode element) {
    return element.properties().stream()
        .anyMatch(it -> it.getKey().equalsIgnoreCase(PRIMARY) && it.getValue().asBoolean());
  }
}
