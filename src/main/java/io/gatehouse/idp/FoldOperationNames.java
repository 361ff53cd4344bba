package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
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
  private static final String OPERATIONS = "Operations";
  private static final List<String> MESSAGE = List.of("schemas", OPERATIONS);
  private static final List<String> OPERATION = List.of("op", "path", "value");

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.patches()) {
      return request;
    }
    Set<String> repaired = new LinkedHashSet<>();
    ObjectNode body = fold(request.body(), MESSAGE);
    JsonNode operations = body.path(OPERATIONS);
    if (operations instanceof ArrayNode list) {
      operations = CopyOnWrite.elements(list, it -> operation(it, repaired));
    } else if (operations instanceof ObjectNode object) {
      operations = CopyOnWrite.members(object, (name, it) -> operation(it, repaired));
    }
    if (!operations.isMissingNode()) {
      body = CopyOnWrite.with(body, OPERATIONS, operations);
    }
    return body.equals(request.body())
        ? request
        : request.repaired(NAME, repaired.isEmpty() ? List.of("") : repaired, body);
  }

  private static JsonNode operation(JsonNode sent, Set<String> repaired) {
    if (!(sent instanceof ObjectNode object)) {
      return sent;
    }
    ObjectNode meant = fold(object, OPERATION);
    String op = meant.path("op").textValue();
    if (op != null && !op.equals(op.toLowerCase(Locale.ROOT))) {
      meant = CopyOnWrite.with(meant, "op", TextNode.valueOf(op.toLowerCase(Locale.ROOT)));
    }
    if (!meant.equals(object)) {
      repaired.add(meant.path("path").asText(""));
    }
    return meant;
  }

  private static ObjectNode fold(ObjectNode sent, List<String> names) {
    ObjectNode meant = sent;
    for (String name : names) {
      if (!meant.has(name) && MemberNames.has(meant, name)) {
        meant = CopyOnWrite.copy(meant);
        meant.set(name, MemberNames.take(meant, name));
      }
    }
    return meant;
  }
}
