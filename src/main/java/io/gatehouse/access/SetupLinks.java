package io.gatehouse.access;

import io.gatehouse.tenant.BearerToken;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores setup links; of their tokens, only SHA-256. */
public interface SetupLinks {

  void add(SetupLink link, BearerToken token);

  /**
   * The link of a token, unless it has ended, is revoked, its connection is removed, or the
   * administrator who made it may not make it any more.
   */
  Optional<SetupLink> live(BearerToken token);

  /** The newest 100 links of a connection, ended and revoked ones too. */
  List<SetupLink> of(UUID connection);

  /** Revokes a link; false when the connection has no such link that is not revoked. */
  boolean revoke(UUID connection, UUID id);

  /** Notes that the link was opened; true for the first time. */
  boolean opened(UUID id);

  /** Whether a call with a token of the connection has come. */
  boolean called(UUID connection);
}
