package io.gatehouse.delivery.queue;

import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.UUID;

/**
 * Deletes the dead letters of erased users. It repeats this as long as a consumer may still fail an
 * event of an erased user.
 */
public final class FailedEventErasure {

  private static final int BATCH = 200;

  private final UnitOfWork unit;
  private final Erasures erasures;
  private final DeadLetters deadLetters;

  public FailedEventErasure(UnitOfWork unit, Erasures erasures, DeadLetters deadLetters) {
    this.unit = unit;
    this.erasures = erasures;
    this.deadLetters = deadLetters;
  }

  /** An erased user. */
  public record Erased(UUID tenant, String tenantSlug, UUID id) {}

  /** The erased users whose dead letters may still have to be deleted. */
  public interface Erasures {

    /** Users whose dead letters are due to be deleted, locked until the transaction ends. */
    List<Erased> due(int limit);

    /** Records that the dead letters of these users have been deleted. */
    void swept(List<Erased> users);
  }

  /** The queues of dead letters. */
  public interface DeadLetters {
    void forget(List<Erased> erased);
  }

  /**
   * Runs until no user is due. A failure is thrown: the users stay due, and the next run tries
   * again.
   */
  public void run() {
    int swept;
    do {
      swept = unit.inTransaction(this::sweepNext);
    } while (swept == BATCH);
  }

  private int sweepNext() {
    List<Erased> due = erasures.due(BATCH);
    if (!due.isEmpty()) {
      deadLetters.forget(due);
      erasures.swept(due);
    }
    return due.size();
  }
}
