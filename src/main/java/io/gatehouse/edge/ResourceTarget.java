package io.gatehouse.edge;

import io.gatehouse.scim.ResourceId;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.scim.ScimError;
import io.gatehouse.scim.ScimException;
import java.util.UUID;

/**
 * The resource or the collection that a path names, once {@link AllowedMethods} has let it pass.
 *
 * @param id empty for the collection
 */
record ResourceTarget(ResourceType type, String id) {

  static ResourceTarget of(String path) {
    String[] parts = path.split("/", -1);
    ResourceType type =
        ResourceType.atEndpoint(parts[0])
            .orElseThrow(
                () -> new ScimException(ScimError.notFound("There is nothing at this address.")));
    return new ResourceTarget(type, parts.length == 2 ? parts[1] : "");
  }

  UUID requireId() {
    return ResourceId.of(id)
        .orElseThrow(
            () ->
                new ScimException(
                    ScimError.notFound("There is no " + type.label() + " with this id.")));
  }
}
