package io.gatehouse.audit;

import io.gatehouse.change.Change;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The audit record of a command that was applied or refused: the actor, the connection, the action
 * and the resource.
 */
public record AuditEntry(Envelope command, Outcome outcome, Optional<Change> change) {

  /** The actor, for example {@code idp:entra} or {@code admin}. */
  public String actor() {
    Caller caller = command.caller();
    return caller.isConnection() ? "idp:" + caller.actor() : caller.actor();
  }

  /** The action, for example {@code user.create}, {@code user.modify} or {@code user.enrol}. */
  public String action() {
    Command asked = command.command();
    if (asked instanceof Command.Lifecycle lifecycle) {
      return "user." + lifecycle.measure().word();
    }
    return (asked.type().label() + "." + asked.getClass().getSimpleName()).toLowerCase(Locale.ROOT);
  }

  /** The target of the command, or the resource that a create made or restored. */
  public UUID resource() {
    return change.map(it -> it.after().id()).orElse(command.command().target());
  }
}
