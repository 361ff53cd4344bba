package io.gatehouse.inbox;

import io.gatehouse.store.FailFast;

/** Keeps what a webhook call has brought straight in the database, when the broker refuses it. */
public final class InboxFallback {

  private final Inbox inbox;
  private final FailFast failFast;

  public InboxFallback(Inbox inbox, FailFast failFast) {
    this.inbox = inbox;
    this.failFast = failFast;
  }

  /**
   * Keeps it.
   *
   * @throws io.gatehouse.store.StoreUnavailableException when it is not kept
   */
  void add(SignalBatch batch) {
    failFast.run(
        () -> {
          inbox.add(batch.connection(), batch.signals());
          return batch;
        });
  }
}
