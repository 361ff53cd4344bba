package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.lifecycle.RemovedConnections.Remainder;
import io.gatehouse.scim.ResourceType;
import io.gatehouse.store.UnitOfWork;
import java.util.List;

/**
 * Cleans up after removed connections, a small batch at a time: their users become unmanaged, their
 * groups are deleted.
 */
public final class ConnectionCleanup {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final RemovedConnections removedConnections;
  private final CommandGateway commandGateway;

  public ConnectionCleanup(
      UnitOfWork unit, RemovedConnections removedConnections, CommandGateway commandGateway) {
    this.unit = unit;
    this.removedConnections = removedConnections;
    this.commandGateway = commandGateway;
  }

  public void run() {
    unit.exclusively("farewell", this::releaseNext);
  }

  private int releaseNext() {
    List<Remainder> remainders = removedConnections.next(BATCH);
    remainders.forEach(this::release);
    removedConnections.forgetEmpty();
    return remainders.size();
  }

  private void release(Remainder it) {
    Caller was = it.connection();
    if (it.type() == ResourceType.USER) {
      commandGateway.send(
          Caller.schedule(was.tenant(), was.tenantSlug()),
          new Command.Lifecycle(it.id(), LifecycleAction.RELEASE));
    } else {
      commandGateway.send(was, new Command.Delete(it.type(), it.id(), null));
    }
  }
}
