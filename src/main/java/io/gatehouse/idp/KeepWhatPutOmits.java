package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import java.util.Map;

/**
 * OL-14: a PUT of {@code {"userName":"nell","title":null}} becomes a PATCH that replaces {@code
 * userName} and clears {@code title}. OneLogin puts its rendered template, so what the template
 * does not name was never meant to be cleared.
 */
final class KeepWhatPutOmits implements Quirk {

  private static final String NAME = "keep-what-put-omits";

  @Override
  public ScimRequest fix(ScimRequest request) {
    if (!request.line().method().equals("PUT")) {
      return request;
    }
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    ArrayNode operations = patch.putArray("Operations");
    for (Map.Entry<String, JsonNode> member : request.body().properties()) {
      if (writable(member.getKey())) {
        ObjectNode operation = operations.addObject().put("op", "replace");
        operation.put("path", member.getKey()).set("value", member.getValue());
      }
    }
    return operations.isEmpty() ? request : request.repaired(NAME, "", patch).as("PATCH", patch);
  }

  private static boolean writable(String name) {
    return ResourceType.USER.extension(name).isPresent()
        || ResourceType.USER.attribute(name).filter(it -> !it.readOnly()).isPresent();
  }
}
