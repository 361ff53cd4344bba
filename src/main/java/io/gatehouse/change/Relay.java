package io.gatehouse.change;

import io.gatehouse.change.ChangeLog.Announcement;
import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Announces committed changes in the order of the log. A change is announced again only when the
 * result of an attempt is in doubt.
 */
public final class Relay {

  private static final int BATCH = 500;

  private final UnitOfWork unit;
  private final ChangeLog log;
  private final Consumer<List<Announcement>> publisher;
  private final Consumer<Set<String>> announced;

  /**
   * Creates a relay.
   *
   * @param publisher sends events and returns when the broker has confirmed all of them; when it
   *     throws, none counts as sent
   * @param announced receives the tenants whose changes have been announced
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

  /**
   * Announces until no change is left. A failure is thrown: the changes stay unannounced, and the
   * next run tries again.
   */
  public void run() {
    List<Announcement> changes;
    do {
      changes = unit.exclusively(ChangeLog.LOCK, this::announceNext).orElse(List.of());
      announced.accept(
          changes.stream().map(Announcement::tenantSlug).collect(Collectors.toUnmodifiableSet()));
    } while (changes.size() == BATCH);
  }

  /**
   * The sequences are kept only if the events are confirmed, since both happen in one transaction.
   */
  private List<Announcement> announceNext() {
    List<Announcement> next = log.stampNext(BATCH);
    if (!next.isEmpty()) {
      publisher.accept(next);
    }
    return next;
  }
}
