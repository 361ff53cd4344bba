package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Newcomers who were not linked, or who were made beside an inactive user of the same externalId,
 * for an administrator to decide.
 */
public interface LinkConflicts {

  /**
   * One newcomer.
   *
   * @param userName in the form in which it is compared
   * @param chosen who will be linked when the IdP asks again, if somebody has decided
   */
  record Open(
      UUID id,
      UUID connection,
      String userName,
      List<UUID> candidates,
      String reason,
      @Nullable UUID chosen,
      Instant firstAt,
      Instant lastAt) {}

  /** The latest first, at most a thousand. */
  List<Open> of(UUID tenant);

  /**
   * Chooses who is meant.
   *
   * @return the tenant; empty when there is no such conflict or no such candidate, or when another
   *     connection controls the candidate
   */
  Optional<UUID> choose(UUID conflict, UUID candidate);

  /**
   * Forgets a conflict, until the IdP asks again.
   *
   * @return the tenant; empty when there is no such conflict
   */
  Optional<UUID> dismiss(UUID conflict);

  /** Forgets those that no IdP has asked about for three months. */
  void forget();
}
