package io.gatehouse.store;

import java.util.Optional;
import java.util.function.Supplier;

/** One transaction of the store: all of the work, or none. */
public interface UnitOfWork {

  /**
   * Runs the work and commits.
   *
   * @throws StoreUnavailableException when the store cannot be reached, and the work may be tried
   *     again
   * @throws LostRaceException when another transaction was first; nothing was changed
   */
  <T> T inTransaction(Supplier<T> work);

  /**
   * Runs the work in one transaction unless another instance of the gateway runs it.
   *
   * @param name the name of the work, equal on all instances
   * @return empty when another instance runs it
   */
  <T> Optional<T> exclusively(String name, Supplier<T> work);
}
