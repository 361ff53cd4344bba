package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Attribute;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ResourceType;
import java.util.Map;

/**
 * OL-04: {@code "emails":{"value":"a@example.com"}} becomes {@code
 * "emails":[{"value":"a@example.com"}]}, for every multi-valued attribute. OneLogin's enterprise
 * template has objects there.
 */
final class ArraysFromObjects implements Quirk {

  private static final String NAME = "arrays-from-objects";

  @Override
  public ScimRequest fix(ScimRequest request) {
    ObjectNode body = request.body().deepCopy();
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      boolean many =
          ResourceType.USER.attribute(member.getKey()).filter(Attribute::multiValued).isPresent();
      if (many && member.getValue().isObject()) {
        member.setValue(Json.array().add(member.getValue()));
      }
    }
    return body.equals(request.body()) ? request : request.repaired(NAME, "", body);
  }
}
