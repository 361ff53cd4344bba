package io.gatehouse.change;

import java.time.Duration;

/**
 * Bounds the growth of the log. Of the changes that were announced longer ago than the retention,
 * it keeps the last change of each user and group, and the joins and leaves of group members. So a
 * replay from the beginning still ends in the present state.
 */
public final class Compaction {

  private static final int BATCH = 5_000;

  private final Log log;
  private final Duration retention;

  public Compaction(Log log, Duration retention) {
    this.log = log;
    this.retention = retention;
  }

  /** The operations on the log that a compaction needs. */
  public interface Log {

    /**
     * Looks at the next changes that are older than the retention, and deletes the changes that
     * they supersede. Changes that are unannounced, or that a replay still has to send, are kept.
     *
     * @return false when no change is left to look at
     */
    boolean compact(Duration retention, int limit);
  }

  public void run() {
    while (log.compact(retention, BATCH)) {
      // the next batch
    }
  }
}
