package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import java.util.List;

/**
 * OKTA-31, OL-05: {@code "title":""} means that the title is unassigned, {@code "displayName":" "}
 * too, and an element that has no value left is none. Only whole resources (POST, PUT); userName
 * stays, so that its absence is refused.
 */
final class BlanksAsUnassigned implements Quirk {

  private static final String NAME = "blanks-as-unassigned";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!List.of("POST", "PUT").contains(request.line().method())) {
      return request;
    }
    ObjectNode body = request.body().deepCopy();
    blank(body);
    return body.equals(request.body()) ? request : request.repaired(NAME, "", body);
  }

  private static void blank(JsonNode node) {
    node.forEach(BlanksAsUnassigned::blank);
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              member -> {
                if (member.getValue().isTextual() && member.getValue().textValue().isBlank()) {
                  member.setValue(object.nullNode());
                }
              });
    } else if (node instanceof ArrayNode array) {
      array.removeIf(BlanksAsUnassigned::empty);
    }
  }

  private static boolean empty(JsonNode element) {
    return element.isObject() && element.has("value") && element.path("value").isNull();
  }
}
