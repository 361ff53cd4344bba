package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.store.UnitOfWork;
import java.util.List;

/**
 * Orders the erasure of users whose deadline has passed, a small batch at a time. The deadline is
 * checked again when the command is applied.
 */
public final class Purge {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final PersonRefs people;
  private final CommandGateway commandGateway;

  public Purge(UnitOfWork unit, PersonRefs people, CommandGateway commandGateway) {
    this.unit = unit;
    this.people = people;
    this.commandGateway = commandGateway;
  }

  public void run() {
    unit.exclusively("purge", this::orderNext);
  }

  private int orderNext() {
    List<PersonRef> due = people.due(BATCH);
    for (PersonRef it : due) {
      commandGateway.send(
          Caller.schedule(it.tenant(), it.tenantSlug()),
          new Command.Lifecycle(it.person(), LifecycleAction.PURGE));
    }
    return due.size();
  }
}
