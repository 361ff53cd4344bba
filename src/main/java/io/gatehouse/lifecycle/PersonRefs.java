package io.gatehouse.lifecycle;

import io.gatehouse.scim.FilterCondition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds those whom measures are about. */
public interface PersonRefs {

  /** Somebody who is or was here. */
  Optional<PersonRef> find(UUID person);

  /** Users whose data is to be erased by the clock of the database, the longest due first. */
  List<PersonRef> due(int limit);

  /** Whose data is to be erased until then, and whose would be if there were no legal hold. */
  Due count(UUID tenant, Instant until);

  /** Numbers of people. */
  record Due(long due, long held) {}

  /** How many are active and not enrolled. */
  long countUnenrolled(UUID tenant, @Nullable FilterCondition filter);

  /**
   * Those who are active and not enrolled, in id order.
   *
   * @param filter null for all whom a connection has provisioned
   * @param after the last one of the page before, or null
   */
  List<PersonRef> unenrolled(
      UUID tenant, @Nullable FilterCondition filter, @Nullable UUID after, int limit);
}
