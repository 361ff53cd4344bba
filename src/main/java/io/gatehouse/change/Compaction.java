package io.gatehouse.change;

import java.time.Duration;

/**
 * Keeps the log from growing for ever: of what was announced longer ago than the retention, the
 * last change of each user and group stays, and who came to a group and left it. So a replay from
 * the beginning still ends in the present state.
 */
public final class Compaction {

  private static final int BATCH = 5_000;

  private final Log log;
  private final Duration retention;

  public Compaction(Log log, Duration retention) {
    this.log = log;
    this.retention = retention;
  }

  /** The log, as far as this is concerned. */
  public interface Log {

    /**
     * Looks at the next changes that are older than the retention, and drops what was before them.
     * What is not announced yet, or is being sent to somebody again, is left alone.
     *
     * @return false when there is nothing to do now
     */
    boolean compact(Duration retention, int limit);
  }

  public void run() {
    while (log.compact(retention, BATCH)) {
      // the next batch
    }
  }
}
