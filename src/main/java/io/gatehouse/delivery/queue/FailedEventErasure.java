package io.gatehouse.delivery.queue;

import io.gatehouse.store.UnitOfWork;
import java.util.List;
import java.util.UUID;

/**
 * Takes what is about erased people out of the dead letters, and again as long as a consumer may
 * still fail an event about them.
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

  /** Somebody who was erased. */
  public record Erased(UUID tenant, String tenantSlug, UUID id) {}

  /** Who was erased. */
  public interface Erasures {

    /** Users who are to be looked for, locked until the transaction ends. */
    List<Erased> due(int limit);

    /** Notes that they were looked for. */
    void swept(List<Erased> users);
  }

  /** Messages that nobody reads. */
  public interface DeadLetters {
    void forget(List<Erased> erased);
  }

  /** The row is the retry, so a failure is simply thrown. */
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
