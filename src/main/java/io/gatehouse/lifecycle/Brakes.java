package io.gatehouse.lifecycle;

import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brake.Verdict;
import java.util.UUID;

/** Where the brakes of connections stand, and what administrators decide about them. */
public interface Brakes {

  /**
   * A brake as an administrator sees it.
   *
   * @param refused how many users of the wave were not allowed to leave
   */
  record Wave(Position position, long refused) {}

  Wave of(UUID connection);

  /** Decides about the wave that stands before the brake; false when there is none. */
  boolean decide(UUID connection, Verdict verdict);
}
