package io.gatehouse.edge;

import io.gatehouse.scim.Projection;
import io.gatehouse.scim.ResourceType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The requested projection for each type. */
record TypeProjections(Map<ResourceType, Projection> byType) {

  static TypeProjections of(ScimRequest request, ListRequest wanted) {
    Map<ResourceType, Projection> byType = new EnumMap<>(ResourceType.class);
    for (ResourceType type : ResourceType.values()) {
      byType.put(
          type,
          Projection.of(
              request.catalogue().definition(type),
              wanted.get("attributes"),
              wanted.get("excludedAttributes")));
    }
    return new TypeProjections(byType);
  }

  Projection of(ResourceType type) {
    return Objects.requireNonNull(byType.get(type));
  }
}
