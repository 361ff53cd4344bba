package io.gatehouse.directory;

import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.scim.ResourceType;
import java.time.Instant;

/**
 * Applies one command to the state: {@code (State, Command) -> (State', Outcome, Change)}. No I/O;
 * the only clock is the one that is passed in.
 */
final class Fold {

  private Fold() {}

  static Step apply(State state, Envelope envelope, Instant now) {
    Turn turn = new Turn(state, envelope, now);
    Command.Cases<Step> rules =
        envelope.command().type() == ResourceType.USER ? new PersonFold(turn) : new GroupFold(turn);
    return envelope.command().match(rules);
  }
}
