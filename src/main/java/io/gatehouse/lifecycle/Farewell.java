package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Orders;
import io.gatehouse.directory.UnitOfWork;
import io.gatehouse.lifecycle.Departures.Remainder;
import io.gatehouse.scim.ResourceType;
import java.util.List;

/**
 * Takes leave of removed connections, a small batch at a time: their people are under nobody's
 * control from then on, their groups go.
 */
public final class Farewell {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final Departures departures;
  private final Orders orders;

  public Farewell(UnitOfWork unit, Departures departures, Orders orders) {
    this.unit = unit;
    this.departures = departures;
    this.orders = orders;
  }

  public void run() {
    unit.exclusively("farewell", this::releaseNext);
  }

  private int releaseNext() {
    List<Remainder> remainders = departures.next(BATCH);
    remainders.forEach(this::release);
    departures.forgetEmpty();
    return remainders.size();
  }

  private void release(Remainder it) {
    Caller was = it.connection();
    if (it.type() == ResourceType.USER) {
      orders.send(
          Caller.schedule(was.tenant(), was.tenantSlug()),
          new Command.Govern(it.id(), Measure.RELEASE));
    } else {
      orders.send(was, new Command.Delete(it.type(), it.id(), null));
    }
  }
}
