package io.gatehouse.lifecycle;

import io.gatehouse.lifecycle.Brake.Position;
import io.gatehouse.lifecycle.Brake.Verdict;
import java.util.UUID;

/** The states of the brakes of connections, and the decisions of administrators. */
public interface Brakes {

  /**
   * The state of a brake with its wave.
   *
   * @param refused how many users of the wave were not deactivated
   */
  record Wave(Position position, long refused) {}

  Wave of(UUID connection);

  /** Decides about the wave of the brake; false when there is none to decide. */
  boolean decide(UUID connection, Verdict verdict);
}
