package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Source;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;

/**
 * Applies one command to the state: {@code (State, Command) -> (State', Outcome, Change)}. No I/O;
 * the only clock is the one that is passed in.
 */
final class Fold {

  private Fold() {}

  static Step apply(State state, Envelope envelope, Instant now) {
    Turn turn = new Turn(state, envelope, now).conforming();
    Command command = turn.envelope().command();
    if (command.type() == ResourceType.GROUP) {
      return command.match(new GroupFold(turn));
    }
    Source source = envelope.trace().source();
    return source == null ? command.match(new PersonFold(turn)) : new Tidings(turn, source).apply();
  }
}
