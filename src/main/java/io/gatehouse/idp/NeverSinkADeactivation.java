package io.gatehouse.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.command.Leeway;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ENTRA-53: {@code [{"op":"replace","path":"active","value":false},{"op":"what","path":"title"}]}
 * becomes the first of the two. Other operations of such a PATCH that fail when they are applied
 * are left out then. By RFC 7644 section 3.5.2 all would be refused, and the user who has left
 * would stay active.
 */
final class NeverSinkADeactivation implements Quirk {

  @Override
  public ScimRequest fix(ScimRequest request) {
    boolean user = request.definition().filter(it -> it.type() == ResourceType.USER).isPresent();
    if (!user || !request.patches()) {
      return request;
    }
    ScimRequest lenient = request.with(request.conditions().leeway().salvaging());
    List<JsonNode> readable = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    boolean leaves = false;
    for (JsonNode json : request.body().path("Operations")) {
      Optional<PatchOperation> operation = read(json);
      leaves |= operation.filter(PatchOperation::deactivates).isPresent();
      operation.ifPresentOrElse(
          it -> readable.add(json), () -> leftOut.add(json.path("path").asText("")));
    }
    if (!leaves || leftOut.isEmpty()) {
      return lenient;
    }
    ObjectNode body = CopyOnWrite.with(request.body(), "Operations", Json.array().addAll(readable));
    return lenient.repaired(Leeway.SALVAGE, leftOut, body);
  }

  private static Optional<PatchOperation> read(JsonNode json) {
    try {
      return Optional.of(PatchOperation.read(json));
    } catch (ScimException e) {
      return Optional.empty();
    }
  }
}
