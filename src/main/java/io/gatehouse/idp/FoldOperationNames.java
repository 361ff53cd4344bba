package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * ENTRA-22, ENTRA-40: {@code {"op":"Replace",...}} becomes {@code {"op":"replace",...}}, and {@code
 * "Path"} becomes {@code "path"}. Entra's default dialect capitalises the names of operations.
 */
final class FoldOperationNames implements Quirk {

  private static final String NAME = "fold-operation-names";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.patches()) {
      return request;
    }
    ObjectNode body = request.body().deepCopy();
    Set<String> repaired = new LinkedHashSet<>();
    fold(body, List.of("schemas", "Operations"));
    for (JsonNode operation : body.path("Operations")) {
      if (operation instanceof ObjectNode object && foldOperation(object)) {
        repaired.add(object.path("path").asText(""));
      }
    }
    return body.equals(request.body())
        ? request
        : request.repaired(NAME, repaired.isEmpty() ? List.of("") : repaired, body);
  }

  private static boolean foldOperation(ObjectNode operation) {
    ObjectNode before = operation.deepCopy();
    fold(operation, List.of("op", "path", "value"));
    if (operation.path("op").isTextual()) {
      operation.put("op", operation.path("op").textValue().toLowerCase(Locale.ROOT));
    }
    return !operation.equals(before);
  }

  private static void fold(ObjectNode object, List<String> names) {
    for (String name : names) {
      if (!object.has(name) && MemberNames.has(object, name)) {
        object.set(name, MemberNames.take(object, name));
      }
    }
  }
}
