package io.gatehouse.audit;

import io.gatehouse.change.Change;
import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Envelope;
import io.gatehouse.command.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What a command did or was refused: who, through which connection, to whom. */
public record AuditEntry(Envelope command, Outcome outcome, Optional<Change> change) {

  /** {@code idp:entra}, {@code admin} and so on. */
  public String actor() {
    Caller caller = command.caller();
    return caller.isConnection() ? "idp:" + caller.actor() : caller.actor();
  }

  /** {@code user.create}, {@code user.modify}, {@code user.enrol} and so on. */
  public String action() {
    Command asked = command.command();
    if (asked instanceof Command.Lifecycle lifecycle) {
      return "user." + lifecycle.measure().word();
    }
    return (asked.type().label() + "." + asked.getClass().getSimpleName()).toLowerCase(Locale.ROOT);
  }

  /** The resource that was meant, or the one that a create made or restored. */
  public UUID resource() {
    return change.map(it -> it.after().id()).orElse(command.command().target());
  }
}
