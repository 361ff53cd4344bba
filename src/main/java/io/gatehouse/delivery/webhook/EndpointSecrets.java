package io.gatehouse.delivery.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The signing secrets of endpoints: one, or two during a rotation. */
public interface EndpointSecrets {

  /** Adds a second secret, and returns its id; empty when there are two already. */
  Optional<UUID> add(Endpoint endpoint, SigningSecret secret);

  /** Removes one of two secrets; false when it is the only one, or does not exist. */
  boolean remove(Endpoint endpoint, UUID id);

  /** The ids and times of the valid secrets, the oldest first. */
  List<Label> labels(Endpoint endpoint);

  /** The valid secrets, the oldest first. */
  List<SigningSecret> live(Endpoint endpoint);

  /** Identifies a secret without revealing it. */
  record Label(UUID id, Instant createdAt) {}
}
