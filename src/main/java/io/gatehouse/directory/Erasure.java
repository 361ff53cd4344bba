package io.gatehouse.directory;

import java.util.Collection;

/** Erases the personal data of users from all tables, inside the transaction of the batch. */
public interface Erasure {

  /**
   * Erases the data of these users, and leaves a tombstone without personal data.
   *
   * @param people inactive, with a deadline that has passed
   * @throws io.gatehouse.store.LostRaceException when the store no longer has them in this state;
   *     nothing was erased
   */
  void erase(Collection<Person> people);
}
