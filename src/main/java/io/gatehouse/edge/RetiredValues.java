package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Conformity;
import io.gatehouse.scim.Definition;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.Message;
import io.gatehouse.scim.RetiredPaths;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Leaves out of a write what a client has fetched before a schema was deleted or narrowed, for
 * every profile, with a record; it would be refused (RFC 7644 section 3.12, invalidValue), and the
 * rest of the representation with it.
 */
final class RetiredValues {

  private static final String OPERATIONS = "Operations";

  private RetiredValues() {}

  static ScimRequest leaveOut(ScimRequest request) {
    Optional<Definition> definition = request.definition();
    if (definition.isEmpty() || definition.get().retired().isEmpty() || !request.writes()) {
      return request;
    }
    return request.patches()
        ? patch(request, definition.get())
        : resource(request, definition.get());
  }

  /** A new user was not fetched before; to the letter, an unknown schema is refused then. */
  private static ScimRequest resource(ScimRequest request, Definition definition) {
    if (request.line().method().equals("POST") && !definition.open()) {
      return request;
    }
    Conformity conformity = Conformity.ofSent(definition, request.body());
    return conformity.isWhole()
        ? request
        : request.repaired(Conformity.QUIRK, conformity.dropped(), conformity.document());
  }

  private static ScimRequest patch(ScimRequest request, Definition definition) {
    if (!(Message.of(request.body()).get(OPERATIONS) instanceof ArrayNode operations)) {
      return request;
    }
    Set<String> gone = new TreeSet<>();
    ArrayNode kept = Json.array();
    for (JsonNode operation : operations) {
      RetiredPaths.leaveOut(definition, operation, gone).ifPresent(kept::add);
    }
    if (gone.isEmpty()) {
      return request;
    }
    if (kept.isEmpty()) {
      kept.addObject().put("op", "add").putObject("value");
    }
    ObjectNode body = request.body().deepCopy();
    body.properties().stream()
        .map(Map.Entry::getKey)
        .filter(OPERATIONS::equalsIgnoreCase)
        .toList()
        .forEach(body::remove);
    return request.repaired(Conformity.QUIRK, gone, body.set(OPERATIONS, kept));
  }
}
