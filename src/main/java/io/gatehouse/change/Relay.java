package io.gatehouse.change;

/**
 * Announces what has been committed: nothing else, nothing twice on purpose, and in the order of
 * the log.
 */
public final class Relay {

  private static final int BATCH = 500;

  private final ChangeLog log;
  private final ChangeLog.Announcer announcer;

  public Relay(ChangeLog log, ChangeLog.Announcer announcer) {
    this.log = log;
    this.announcer = announcer;
  }

  /** Announces until nothing is left; the row is the retry, so a failure is simply thrown. */
  public void run() {
    int announced;
    do {
      announced = log.announce(BATCH, announcer);
    } while (announced == BATCH);
  }
}
