package io.gatehouse.camel;

import io.gatehouse.inbox.Bundle;
import io.gatehouse.inbox.Inbox;

/** Keeps what a webhook call has brought straight in the database, when the broker refuses it. */
final class DirectInbox {

  private final Inbox inbox;
  private final Hurry hurry;

  DirectInbox(Inbox inbox, Hurry hurry) {
    this.inbox = inbox;
    this.hurry = hurry;
  }

  /**
   * Keeps it.
   *
   * @throws io.gatehouse.directory.StoreUnavailableException when it is not kept
   */
  void add(Bundle bundle) {
    hurry.run(
        () -> {
          inbox.add(bundle.connection(), bundle.signals());
          return bundle;
        });
  }
}
