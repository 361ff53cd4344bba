package io.gatehouse.delivery;

/** The attempts of all gateways to publish, one at a time. */
public interface PublishAttempts {

  /**
   * Begins an attempt, which succeeds when the transaction of the caller is committed.
   *
   * @return whether an attempt since the last success is in doubt: it has failed, or its gateway
   *     has ended, and the broker may still be about to accept its events
   */
  boolean beginInDoubt();
}
