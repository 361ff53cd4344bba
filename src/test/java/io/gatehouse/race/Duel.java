package io.gatehouse.race;

import io.gatehouse.command.Outcome;
import io.gatehouse.command.Outcome.Snapshot;
import java.util.UUID;

/**
 * What came of one interleaving.
 *
 * @param userName of the person, who had it alone
 * @param order the steps
 */
record Duel(
    Plan plan, UUID person, String userName, Outcome purge, Outcome rival, Interleaving order) {

  boolean erased() {
    return purge.status() == 204;
  }

  /** Whether the rival brought somebody back or made somebody. */
  boolean hasLiving() {
    return rival.status() < 300;
  }

  /** Whom the rival brought back or made. */
  UUID living() {
    Snapshot resource =
        rival instanceof Outcome.Created created
            ? created.resource()
            : ((Outcome.Updated) rival).resource();
    return resource.id();
  }

  @Override
  public String toString() {
    return "replay with -Psoak -Dseed=%d -Dinterleavings=1: %s against erasure, deadline %s; %s"
        .formatted(plan.seed(), plan.rival(), plan.edge(), order);
  }
}
