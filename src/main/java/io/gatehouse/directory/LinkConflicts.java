package io.gatehouse.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
   * @param sent what the IdP sent of the new user, see {@link ComparedAttributes}; empty when the
   *     user was created
   * @param newcomer the new user, when created nevertheless
   * @param chosen the user who will be linked when the IdP asks again; null before a decision
   */
  record Open(
      UUID id,
      UUID tenant,
      UUID connection,
      String userName,
      ObjectNode sent,
      @Nullable UUID newcomer,
      List<UUID> candidates,
      String reason,
      @Nullable UUID chosen,
      Instant firstAt,
      Instant lastAt) {}

  /** The latest conflict first, at most a thousand. */
  List<Open> of(UUID tenant);

  /** One conflict; empty when there is none with this id. */
  Optional<Open> one(UUID conflict);

  /**
   * Records which candidate the new user is.
   *
   * @param instead the candidate of an earlier decision, which this one replaces
   * @return false when there is no such conflict or no such candidate, when another connection
   *     controls the candidate, or when there is another earlier decision
   */
  boolean choose(UUID conflict, UUID candidate, @Nullable UUID instead);

  /** Deletes a conflict, until the IdP asks again; false when there is no such conflict. */
  boolean dismiss(UUID conflict);

  /**
   * Deletes conflicts that no IdP has repeated for three months, and what was sent of users who
   * have been created since.
   */
  void forget();
}
