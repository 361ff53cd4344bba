package io.gatehouse.directory;

/** The store of the users and groups of all tenants, for the fold. */
public interface ResourceStore {

  /**
   * Locks the keys and rows that a batch names until the transaction ends, and loads the rows; an
   * import only reads most of them.
   */
  BatchState load(BatchKeys keys);

  /** Stores the changes of the fold: users in id order, then groups, then memberships. */
  void save(BatchState state);
}
