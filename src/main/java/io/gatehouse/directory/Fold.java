package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;

/**
 * Applies one command to the state: {@code (State, Command) -> (State', Outcome, Change)}. It does
 * no I/O, and takes the time as a parameter.
 */
final class Fold {

  private Fold() {}

  static FoldResult apply(BatchState state, Envelope envelope, Instant now) {
    FoldContext context = new FoldContext(state, envelope, now).conforming();
    Command command = context.envelope().command();
    if (command.type() == ResourceType.GROUP) {
      return command.match(new GroupFold(context));
    }
    EventOrigin origin = envelope.trace().source();
    return origin == null
        ? command.match(new PersonFold(context))
        : new SignalFold(context, origin).apply();
  }
}
