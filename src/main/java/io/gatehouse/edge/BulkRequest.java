package io.gatehouse.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.scim.ProtocolMessage;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A parsed bulk request (RFC 7644 section 3.7).
 *
 * @param failOnErrors the number of errors after which to stop
 */
record BulkRequest(List<BulkOperation> operations, int failOnErrors) {

  private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

  static BulkRequest of(ObjectNode body) {
    ProtocolMessage message = ProtocolMessage.of(body, REQUEST);
    if (!(message.get("Operations") instanceof ArrayNode given)) {
      throw ScimException.invalidSyntax("'Operations' must be an array.");
    }
    if (given.size() > RequestLimits.MAX_OPERATIONS) {
      throw new ScimException(
          new ScimError(
              413,
              null,
              "The request has more than maxOperations ("
                  + RequestLimits.MAX_OPERATIONS
                  + ") operations."));
    }
    List<BulkOperation> operations = new ArrayList<>();
    for (JsonNode operation : given) {
      if (!operation.isObject()) {
        throw ScimException.invalidSyntax("An operation must be an object.");
      }
      operations.add(BulkOperation.of(operation));
    }
    requireDistinct(operations);
    return new BulkRequest(List.copyOf(operations), failOnErrors(message.get("failOnErrors")));
  }

  private static int failOnErrors(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return Integer.MAX_VALUE;
    }
    if (!given.canConvertToInt() || given.asInt() < 1) {
      throw ScimException.invalidSyntax("'failOnErrors' must be a positive integer.");
    }
    return given.asInt();
  }

  private static void requireDistinct(List<BulkOperation> operations) {
    Set<String> seen = new HashSet<>();
    for (BulkOperation operation : operations) {
      String bulkId = operation.bulkId();
      if (operation.creates() && bulkId != null && !seen.add(bulkId)) {
        throw ScimException.invalidSyntax("The bulkId '" + bulkId + "' is used twice.");
      }
    }
  }
}
