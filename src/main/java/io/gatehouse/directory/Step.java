package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.Refusal;
import java.util.Optional;

/** What one command came to. */
record Step(Envelope envelope, Outcome outcome, Optional<Change> change) {

  private static final Outcome REMOVED =
      new Outcome.Refused(
          new Refusal(403, null, "The connection was removed before this could be applied."));

  /** What was asked for by a connection that has been removed since. */
  static Step ofARemovedConnection(Envelope envelope) {
    return new Step(envelope, REMOVED, Optional.empty());
  }

  /**
   * Whether the audit log keeps this without a change: refusals, deletions and what an
   * administrator did, but not a write that changes nothing nor an erasure that is not due.
   */
  boolean isWorthKeeping() {
    return envelope.command() instanceof Command.Govern govern
        ? govern.measure() != Measure.PURGE
        : !(outcome instanceof Outcome.Updated);
  }
}
