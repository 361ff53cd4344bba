package io.gatehouse.directory;

import java.util.Collection;

/** Erases what is known about people, wherever it is kept, inside the transaction of the batch. */
public interface Erasure {

  /**
   * Erases the data of these people, and leaves a tombstone that does not say who they were.
   *
   * @param people inactive, with a deadline that has passed
   * @throws io.gatehouse.store.LostRaceException when that is no longer so in the store; nothing
   *     was erased
   */
  void erase(Collection<Person> people);
}
