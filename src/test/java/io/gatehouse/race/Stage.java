package io.gatehouse.race;

/** Where a thread stands in the application of its batch. */
enum Stage {
  /** Before a transaction: it holds no lock. */
  READY,
  CLAIMED,
  /** It has its locks. */
  LOADED,
  SAVED,
  RECORDED,
  /** What remains is the commit. */
  ERASED,
  DONE
}
