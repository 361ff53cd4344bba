package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Schema;

/**
 * ENTRA-32, ENTRA-33: {@code "manager":"271"} becomes {@code "manager":{"value":"271"}}, in the
 * enterprise extension of a resource and as the value of an operation on {@code ...:User:manager};
 * an empty string clears the manager.
 */
final class ManagerFromString implements Quirk {

  private static final String NAME = "manager-from-string";
  private static final String PATH = Schema.ENTERPRISE_USER + ":manager";

  @Override
  public ScimRequest fix(ScimRequest request) {
    ObjectNode body = request.body().deepCopy();
    if (body.get(Schema.ENTERPRISE_USER) instanceof ObjectNode extension) {
      wrap(extension, "manager");
    }
    for (JsonNode operation : body.path("Operations")) {
      if (operation.path("path").asText("").equalsIgnoreCase(PATH)) {
        wrap((ObjectNode) operation, "value");
      }
    }
    return body.equals(request.body()) ? request : request.repaired(NAME, PATH, body);
  }

  private static void wrap(ObjectNode parent, String member) {
    JsonNode manager = parent.path(member);
    if (manager.isTextual()) {
      parent.set(
          member,
          manager.textValue().isBlank()
              ? parent.nullNode()
              : Json.object().put("value", manager.textValue()));
    }
  }
}
