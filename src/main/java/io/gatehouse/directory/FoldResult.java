package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import java.util.Optional;

/** What one command came to. */
record FoldResult(Envelope envelope, Outcome outcome, Optional<Change> change) {

  private static final Outcome REMOVED =
      new Outcome.Refused(
          new ScimError(403, null, "The connection was removed before this could be applied."));

  /** What was asked for by a connection that has been removed since. */
  static FoldResult ofARemovedConnection(Envelope envelope) {
    return new FoldResult(envelope, REMOVED, Optional.empty());
  }

  /**
   * Whether the audit log keeps this without a change: refusals, deletions and what an
   * administrator did, but not a write that changes nothing nor an erasure that is not due.
   */
  boolean isWorthKeeping() {
    return envelope.command() instanceof Command.Lifecycle lifecycle
        ? lifecycle.measure() != LifecycleAction.PURGE
        : !(outcome instanceof Outcome.Updated);
  }
}
