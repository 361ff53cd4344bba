package io.gatehouse.directory;

import io.gatehouse.change.Change;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.command.Outcome;
import io.gatehouse.scim.ScimError;
import java.util.Optional;

/** The result of one command. */
public record FoldResult(Envelope envelope, Outcome outcome, Optional<Change> change) {

  private static final Outcome REMOVED =
      new Outcome.Refused(
          new ScimError(403, null, "The connection was removed before this could be applied."));

  /** The refusal of a command whose connection has been removed since. */
  static FoldResult ofARemovedConnection(Envelope envelope) {
    return new FoldResult(envelope, REMOVED, Optional.empty());
  }

  /**
   * Whether the audit log keeps this result even without a change. It keeps refusals, deletions and
   * acts of administrators, but not writes without effect and purges that are not due.
   */
  boolean isWorthKeeping() {
    return envelope.command() instanceof Command.Lifecycle lifecycle
        ? lifecycle.measure() != LifecycleAction.PURGE
        : !(outcome instanceof Outcome.Updated);
  }
}
