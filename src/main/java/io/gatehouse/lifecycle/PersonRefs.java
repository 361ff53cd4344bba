package io.gatehouse.lifecycle;

import io.gatehouse.scim.FilterCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the users for lifecycle actions. */
public interface PersonRefs {

  /** The user with this id, present or erased. */
  Optional<PersonRef> find(UUID person);

  /** Users whose erasure is due by the clock of the database, the longest due first. */
  List<PersonRef> due(int limit);

  /** Counts the users whose erasure is due until then, and those under a legal hold. */
  Due count(UUID tenant, Instant until);

  /** Numbers of users. */
  record Due(long due, long held) {}

  /** How many users are active and not enrolled. */
  long countUnenrolled(UUID tenant, @Nullable FilterCondition filter);

  /**
   * The users who are active and not enrolled, in id order.
   *
   * @param filter null for all users that a connection has provisioned
   * @param after the last id of the page before; null for the first page
   */
  List<PersonRef> unenrolled(
      UUID tenant, @Nullable FilterCondition filter, @Nullable UUID after, int limit);
}
