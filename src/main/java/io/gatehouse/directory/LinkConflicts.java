package io.gatehouse.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stored conflicts, for an administrator to decide: new users who were not linked, or who were
 * created although an inactive user has the same externalId.
 */
public interface LinkConflicts {

  /**
   * One conflict.
   *
   * @param userName in the form in which it is compared
   * @param chosen the user who will be linked when the IdP asks again; null before a decision
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

  /** The latest conflict first, at most a thousand. */
  List<Open> of(UUID tenant);

  /** The tenant of a conflict; empty when there is no such conflict. */
  Optional<UUID> tenant(UUID conflict);

  /**
   * Records which candidate the new user is.
   *
   * @return the tenant; empty when there is no such conflict or no such candidate, or when another
   *     connection controls the candidate
   */
  Optional<UUID> choose(UUID conflict, UUID candidate);

  /**
   * Deletes a conflict, until the IdP asks again.
   *
   * @return the tenant; empty when there is no such conflict
   */
  Optional<UUID> dismiss(UUID conflict);

  /** Deletes conflicts that no IdP has repeated for three months. */
  void forget();
}
