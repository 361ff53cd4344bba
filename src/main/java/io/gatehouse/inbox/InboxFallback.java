package io.gatehouse.inbox;

import io.gatehouse.store.FailFast;

/** Stores the signals of a webhook call directly in the database when the broker refuses them. */
public final class InboxFallback {

  private final Inbox inbox;
  private final FailFast failFast;

  public InboxFallback(Inbox inbox, FailFast failFast) {
    this.inbox = inbox;
    this.failFast = failFast;
  }

  /**
   * Stores a batch.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when it is not stored
   */
  void add(SignalBatch batch) {
    failFast.run(
        () -> {
          inbox.add(batch.connection(), batch.tracedSignals());
          return batch;
        });
  }
}
