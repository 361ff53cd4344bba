package io.gatehouse.directory;

import io.gatehouse.command.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The people of all tenants. */
public interface People {

  /** Locks the keys and rows that a batch names until the transaction ends, and loads the rows. */
  Roster load(Selection selection);

  /** Inserts or updates, in id order. */
  void save(Collection<Person> people);

  /** A person whom this connection controls and SCIM shows. */
  Optional<Person> find(Caller caller, UUID id);

  /** The people whom this connection controls and SCIM shows, and who match. */
  Page find(Caller caller, Query query);

  /**
   * One page.
   *
   * @param total all that match, on any page
   */
  record Page(long total, List<Person> people) {}
}
