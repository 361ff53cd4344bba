package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Outcome;
import java.util.Optional;

/** What one command came to. */
record Step(Envelope envelope, Outcome outcome, Optional<Change> change) {

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
