package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.Measure;
import io.gatehouse.command.Orders;
import io.gatehouse.directory.UnitOfWork;
import java.util.List;

/**
 * Orders the erasure of those whose deadline has passed, a small batch at a time. Whether it is
 * still so is decided when the order is carried out.
 */
public final class Purge {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final Wards wards;
  private final Orders orders;

  public Purge(UnitOfWork unit, Wards wards, Orders orders) {
    this.unit = unit;
    this.wards = wards;
    this.orders = orders;
  }

  public void run() {
    unit.exclusively("purge", this::orderNext);
  }

  private int orderNext() {
    List<Ward> due = wards.due(BATCH);
    for (Ward it : due) {
      orders.send(
          Caller.schedule(it.tenant(), it.tenantSlug()),
          new Command.Govern(it.person(), Measure.PURGE));
    }
    return due.size();
  }
}
