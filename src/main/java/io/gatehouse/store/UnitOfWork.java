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
   * Runs the work in one transaction if no other instance of the gateway is at the same work.
   *
   * @param name of the work
   * @return empty when another instance is at it
   */
  <T> Optional<T> exclusively(String name, Supplier<T> work);
}
