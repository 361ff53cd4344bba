package io.gatehouse.directory;

/** The people and groups of all tenants, as the fold reads and writes them. */
public interface ResourceStore {

  /**
   * Locks the keys and rows that a batch names until the transaction ends, and loads the rows; an
   * import only looks at most of them.
   */
  BatchState load(BatchKeys keys);

  /** Stores what the fold has changed: people in id order, then groups, then memberships. */
  void save(BatchState state);
}
