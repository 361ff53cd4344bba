package io.gatehouse.change;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Announces what has been committed: nothing else, nothing twice on purpose, and in the order of
 * the log.
 */
public final class Relay {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final ChangeLog log;
  private final Consumer<List<Announcement>> publisher;
  private final Consumer<Set<String>> announced;

  /**
   * Makes a relay.
   *
   * @param publisher sends events and returns when all of them are safe, or throws and none counts
   *     as sent
   * @param announced is told the tenants whose changes have been announced and stamped
   */
  public Relay(
      UnitOfWork unit,
      ChangeLog log,
      Consumer<List<Announcement>> publisher,
      Consumer<Set<String>> announced) {
    this.unit = unit;
    this.log = log;
    this.publisher = publisher;
    this.announced = announced;
  }

  /** Announces until nothing is left; the row is the retry, so a failure is simply thrown. */
  public void run() {
    List<Announcement> changes;
    do {
      changes = unit.exclusively(ChangeLog.LOCK, this::announceNext).orElse(List.of());
      announced.accept(
          changes.stream().map(Announcement::tenantSlug).collect(Collectors.toUnmodifiableSet()));
    } while (changes.size() == BATCH);
  }

  /** The stamps are kept only if the events are safe, since both happen in one transaction. */
  private List<Announcement> announceNext() {
    List<Announcement> next = log.stampNext(BATCH);
    if (!next.isEmpty()) {
      publisher.accept(next);
    }
    return next;
  }
}
