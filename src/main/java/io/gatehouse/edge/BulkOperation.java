package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ScimException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a bulk request (RFC 7644 section 3.7).
 *
 * @param method in upper case
 * @param bulkId the name by which other operations refer to the created resource, or null
 * @param path below the base URL, with its leading slash, as it was sent
 * @param data empty when there is none
 * @param version the entity tag that is expected, or null
 */
record BulkOperation(
    String method,
    @Nullable String bulkId,
    String path,
    ObjectNode data,
    @Nullable String version) {

  private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

  static BulkOperation of(JsonNode json) {
    ProtocolMessage operation = ProtocolMessage.of(json);
    return new BulkOperation(
        operation.get("method").asText().toUpperCase(Locale.ROOT),
        operation.get("bulkId").textValue(),
        operation.get("path").asText(),
        operation.get("data") instanceof ObjectNode data ? data : Json.object(),
        operation.get("version").textValue());
  }

  boolean creates() {
    return method.equals("POST");
  }

  /**
   * Checks the required members.
   *
   * @throws ScimException 400 invalidSyntax
   */
  void check() {
    if (!METHODS.contains(method)) {
      throw ScimException.invalidSyntax("'method' must be POST, PUT, PATCH or DELETE.");
    }
    if (creates() && bulkId == null) {
      throw ScimException.invalidSyntax("A POST needs a 'bulkId'.");
    }
    if (!path.startsWith("/")) {
      throw ScimException.invalidSyntax("'path' must begin with '/'.");
    }
    if (!method.equals("DELETE") && data.isEmpty()) {
      throw ScimException.invalidSyntax("A " + method + " needs 'data'.");
    }
  }
}
