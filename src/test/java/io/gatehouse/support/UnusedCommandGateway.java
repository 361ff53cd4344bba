package io.gatehouse.support;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;

/** Takes no command; a test overrides what its subject calls. */
public abstract class UnusedCommandGateway implements CommandGateway {

  @Override
  public Outcome submit(Caller caller, Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(Caller caller, Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(CommandId id, Caller caller, Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void send(CommandId id, Caller caller, Command command, EventOrigin origin) {
    throw new UnsupportedOperationException();
  }
}
