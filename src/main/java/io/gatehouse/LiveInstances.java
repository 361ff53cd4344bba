package io.gatehouse;

/** How many gateways share the database, this one included, as of the last heartbeat. */
public final class LiveInstances {

  private volatile int count = 1;

  public int count() {
    return count;
  }

  /** Takes what a heartbeat has found, which is less than one while this one is not stored yet. */
  public void found(int instances) {
    count = Math.max(1, instances);
  }
}
