package io.gatehouse.access;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link with which a person of a customer, without an account, sets up one connection.
 *
 * @param createdBy the actor who made it
 * @param openedAt the first time; null for never
 * @param revokedAt null while it is not revoked
 */
public record SetupLink(
    UUID id,
    UUID tenant,
    UUID connection,
    String createdBy,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant openedAt,
    @Nullable Instant revokedAt) {

  /** The longest time from the creation to the end. */
  public static final Duration LONGEST = Duration.ofDays(7);

  /** The actor of what is done by a link. */
  public static final String ACTOR = "setup-link";
}
