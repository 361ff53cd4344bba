package io.gatehouse.embedded;

import java.io.IOException;
import org.apache.activemq.artemis.core.persistence.impl.journal.AbstractJournalStorageManager;

/** The journal of the embedded broker, and what can happen to it. */
record Journal(EmbeddedBroker broker) {

  private static final int SECONDS = 60;

  /** Compacts it now, however full it is; the next write must still work. */
  void compact() {
    try {
      ((AbstractJournalStorageManager) broker.server().getStorageManager())
          .getMessageJournal()
          .scheduleCompactAndBlock(SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the journal does when the disk fails: the server ends itself. */
  void fail() {
    broker.server().getStorageManager().criticalError(new IOException("the disk failed (a test)"));
  }
}
