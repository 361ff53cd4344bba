package io.gatehouse.support;

import io.gatehouse.store.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Transactions over stores in memory: what one that fails has changed is taken back. */
public final class FakeUnitOfWork implements UnitOfWork {

  private final List<Supplier<Runnable>> stores = new ArrayList<>();
  private int open;
  private int committed;

  /**
   * Adds a store.
   *
   * @param snapshot returns what brings back the present state
   */
  public void over(Supplier<Runnable> snapshot) {
    stores.add(snapshot);
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    List<Runnable> before = stores.stream().map(Supplier::get).toList();
    open++;
    try {
      T result = work.get();
      committed++;
      return result;
    } catch (RuntimeException e) {
      before.forEach(Runnable::run);
      throw e;
    } finally {
      open--;
    }
  }

  @Override
  public <T> Optional<T> exclusively(String name, Supplier<T> work) {
    return inTransaction(() -> Optional.of(work.get()));
  }

  /** For stores whose methods make sense inside a transaction only. */
  public void require() {
    if (open == 0) {
      throw new IllegalStateException("outside of a transaction");
    }
  }

  /** How many transactions have not failed. */
  public int committed() {
    return committed;
  }
}
