package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ListRequest;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ProtocolMessage;
import java.util.List;
import java.util.Locale;

/**
 * BUG-11, BUG-12: a PATCH without {@code "schemas"}, with null, {@code []} or another URN becomes a
 * PatchOp, a search becomes a SearchRequest, and {@code {"userName":"ada"}} to {@code /Users}
 * becomes {@code {"schemas":["urn:...:User"],"userName":"ada"}}. The address and the method
 * determine the type of the message.
 */
final class SchemasFromAddress implements Quirk {

  private static final String NAME = "schemas-from-address";
  private static final String SCHEMAS = "schemas";
  private static final String CORE = "schemas:core:";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (request.line().path().endsWith(".search")) {
      return message(request, ListRequest.SEARCH_REQUEST);
    }
    if (request.patches()) {
      return MemberNames.has(request.body(), "Operations")
          ? message(request, PatchOperation.PATCH_OP)
          : request;
    }
    return request.writes() ? resource(request) : request;
  }

  private static ScimRequest message(ScimRequest request, String urn) {
    for (JsonNode said : ProtocolMessage.of(request.body()).get(SCHEMAS)) {
      if (urn.equalsIgnoreCase(said.asText())) {
        return request;
      }
    }
    return saying(request, Json.array().add(urn));
  }

  private static ScimRequest resource(ScimRequest request) {
    JsonNode said = ProtocolMessage.of(request.body()).get(SCHEMAS);
    ArrayNode meant = Json.array();
    if (said.isTextual()) {
      meant.add(said);
    } else if (said instanceof ArrayNode list) {
      meant.addAll(list);
    }
    boolean core = saysCore(meant);
    if (core && said.isArray()) {
      return request;
    }
    return saying(
        request, core ? meant : meant.insert(0, request.definition().orElseThrow().core().urn()));
  }

  /** Whether the list names a core schema, in any version and of any type. */
  private static boolean saysCore(ArrayNode schemas) {
    for (JsonNode urn : schemas) {
      if (urn.asText().toLowerCase(Locale.ROOT).contains(CORE)) {
        return true;
      }
    }
    return false;
  }

  private static ScimRequest saying(ScimRequest request, ArrayNode schemas) {
    ObjectNode body = CopyOnWrite.copy(request.body());
    MemberNames.take(body, SCHEMAS);
    return request.repaired(NAME, List.of(SCHEMAS), body.set(SCHEMAS, schemas));
  }
}
