package io.gatehouse.lifecycle;

import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brake.Verdict;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The states of the brakes of connections, and the decisions of administrators. */
public interface Brakes {

  /**
   * The state of a brake with its wave.
   *
   * @param refused how many users of the wave were not deactivated
   */
  record Wave(Position position, long refused) {}

  Wave of(UUID connection);

  /**
   * The users of the wave who were not deactivated, in the order of their ids.
   *
   * @param after the last user of the previous page; null for the first page
   */
  List<UUID> users(UUID connection, @Nullable UUID after, int limit);

  /** Decides about the wave of the brake; false when there is none to decide. */
  boolean decide(UUID connection, Verdict verdict);
}
