package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ENTRA-20, ENTRA-23, ENTRA-36, OL-03: {@code "active":"False"} becomes {@code "active":false}, as
 * a member, as the value of an operation on {@code active} or {@code ....primary}, and in a filter:
 * {@code [primary eq "True"]} becomes {@code [primary eq true]}. Strings that are no booleans stay,
 * and are refused.
 */
final class BooleansFromStrings implements Quirk {

  private static final String NAME = "booleans-from-strings";
  private static final Set<String> BOOLEANS = Set.of("active", "primary");

  @Override
  public ScimRequest fix(ScimRequest request) {
    ObjectNode body = request.body().deepCopy();
    convertMembers(body);
    for (JsonNode operation : body.path("Operations")) {
      if (operation instanceof ObjectNode object) {
        convertOperation(object);
      }
    }
    return body.equals(request.body()) ? request : request.repaired(NAME, "active", body);
  }

  private static void convertMembers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (BOOLEANS.contains(member.getKey())) {
          truth(member.getValue()).ifPresent(member::setValue);
        }
      }
    }
    node.forEach(BooleansFromStrings::convertMembers);
  }

  private static void convertOperation(ObjectNode operation) {
    String path = operation.path("path").asText("");
    if (BOOLEANS.contains(path.substring(path.lastIndexOf('.') + 1))
        || BOOLEANS.contains(path.substring(path.lastIndexOf(':') + 1))) {
      truth(operation.path("value")).ifPresent(value -> operation.set("value", value));
    }
    String filtered =
        path.replaceAll("(?i)\\[\\s*primary eq \"(true|false)\"\\s*]", "[primary eq $1]");
    if (!filtered.equals(path)) {
      operation.put("path", filtered.replace("eq True", "eq true").replace("eq False", "eq false"));
    }
  }

  private static Optional<BooleanNode> truth(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.isNumber() ? value.asText() : "";
    if (text.equalsIgnoreCase("true") || text.equals("1")) {
      return Optional.of(BooleanNode.TRUE);
    }
    return text.equalsIgnoreCase("false") || text.equals("0")
        ? Optional.of(BooleanNode.FALSE)
        : Optional.empty();
  }
}
