package io.gatehouse.delivery.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The secrets of endpoints: one, or two while one replaces the other. */
public interface EndpointSecrets {

  /** Adds a second secret, and returns its id; empty when there are two already. */
  Optional<UUID> add(Endpoint endpoint, SigningSecret secret);

  /** Removes one of two secrets; false when it is the only one, or not there. */
  boolean remove(Endpoint endpoint, UUID id);

  /** The live secrets without what is secret, the oldest first. */
  List<Label> labels(Endpoint endpoint);

  /** The live secrets, the oldest first. */
  List<SigningSecret> live(Endpoint endpoint);

  /** By what a secret is recognised. */
  record Label(UUID id, Instant createdAt) {}
}
