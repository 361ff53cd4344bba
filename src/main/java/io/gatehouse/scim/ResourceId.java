package io.gatehouse.scim;

import java.util.Optional;
import java.util.UUID;

/** The ids of resources (RFC 7643 section 3.1), which are compared exactly. */
public final class ResourceId {

  private ResourceId() {}

  /**
   * Reads an id; empty when it is no UUID in canonical form, because no resource has such an id.
   */
  public static Optional<UUID> of(String text) {
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
