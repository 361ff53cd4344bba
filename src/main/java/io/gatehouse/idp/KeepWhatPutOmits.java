package io.gatehouse.idp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.edge.ScimRequest;
import io.gatehouse.scim.Json;
import io.gatehouse.scim.PatchOperation;
import io.gatehouse.scim.ResourceDefinition;
import io.gatehouse.scim.ResourceType;
import java.util.List;
import java.util.Optional;

/**
 * OL-14: a PUT of the user {@code {"userName":"nell","title":null}} becomes a PATCH that replaces
 * {@code userName} and clears {@code title}. OneLogin puts its rendered template, so an attribute
 * that the template lacks is not meant to be cleared.
 */
final class KeepWhatPutOmits implements Quirk {

  private static final String NAME = "keep-what-put-omits";

  @Override
  public ScimRequest fix(ScimRequest request) {
    Optional<ResourceDefinition> user =
        request.definition().filter(it -> it.type() == ResourceType.USER);
    if (user.isEmpty() || !request.line().method().equals("PUT")) {
      return request;
    }
    List<ObjectNode> operations = OperationsQuirk.each("replace", user.get(), request.body());
    ObjectNode patch = Json.object();
    patch.putArray("schemas").add(PatchOperation.PATCH_OP);
    patch.putArray("Operations").addAll(operations);
    return operations.isEmpty()
        ? request
        : request.repaired(NAME, List.of(""), patch).as("PATCH", patch);
  }
}
