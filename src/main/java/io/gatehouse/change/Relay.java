package io.gatehouse.change;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Announces what has been committed: nothing else, nothing twice on purpose, and in the order of
 * the log.
 */
public final class Relay {

  private static final int BATCH = 500;

  private final ChangeLog log;
  private final ChangeLog.Announcer announcer;
  private final Consumer<Set<String>> announced;

  /**
   * Makes a relay.
   *
   * @param announced is told the tenants whose changes have been announced and stamped
   */
  public Relay(ChangeLog log, ChangeLog.Announcer announcer, Consumer<Set<String>> announced) {
    this.log = log;
    this.announcer = announcer;
    this.announced = announced;
  }

  /** Announces until nothing is left; the row is the retry, so a failure is simply thrown. */
  public void run() {
    int count;
    do {
      Set<String> tenants = new HashSet<>();
      count =
          log.announce(
              BATCH,
              changes -> {
                announcer.announce(changes);
                changes.forEach(it -> tenants.add(it.tenantSlug()));
              });
      announced.accept(tenants);
    } while (count == BATCH);
  }
}
