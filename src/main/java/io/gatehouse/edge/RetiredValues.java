package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ConformingValues;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.RetiredPaths;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Leaves out of a write the values that a client has fetched before a schema was deleted or
 * narrowed, for every profile, with a record. They would be refused (RFC 7644 section 3.12,
 * invalidValue), and the rest of the representation with them.
 */
final class RetiredValues {

  private static final String OPERATIONS = "Operations";

  private RetiredValues() {}

  static ScimRequest leaveOut(ScimRequest request) {
    Optional<ResourceDefinition> definition = request.definition();
    if (definition.isEmpty() || definition.get().retired().isEmpty() || !request.writes()) {
      return request;
    }
    return request.patches()
        ? patch(request, definition.get())
        : resource(request, definition.get());
  }

  /** A new user was not fetched before, so an unknown schema is refused there. */
  private static ScimRequest resource(ScimRequest request, ResourceDefinition definition) {
    if (request.line().method().equals("POST") && !definition.open()) {
      return request;
    }
    ConformingValues conformingValues = ConformingValues.ofSent(definition, request.body());
    return conformingValues.isWhole()
        ? request
        : request.repaired(
            ConformingValues.QUIRK, conformingValues.dropped(), conformingValues.document());
  }

  private static ScimRequest patch(ScimRequest request, ResourceDefinition definition) {
    if (!(ProtocolMessage.of(request.body()).get(OPERATIONS) instanceof ArrayNode operations)) {
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
    return request.repaired(ConformingValues.QUIRK, gone, body.set(OPERATIONS, kept));
  }
}
