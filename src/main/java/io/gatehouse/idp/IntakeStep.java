package io.gatehouse.idp;

import io.gatehouse.edge.RefusedCallException;

/** One step of a webhook route. */
@FunctionalInterface
public interface IntakeStep {

  /**
   * Does the step.
   *
   * @throws RefusedCallException when the call is not taken in; nothing of it is kept then
   */
  Intake take(Intake intake);
}
