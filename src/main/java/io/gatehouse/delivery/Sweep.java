package io.gatehouse.delivery;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Takes what is about erased people out of the dead letters, and again as long as a consumer may
 * still fail an event about them.
 */
public final class Sweep {

  private static final int BATCH = 200;

  private final Erasures erasures;
  private final DeadLetters deadLetters;

  public Sweep(Erasures erasures, DeadLetters deadLetters) {
    this.erasures = erasures;
    this.deadLetters = deadLetters;
  }

  /** Somebody who was erased. */
  public record Erased(UUID tenant, String tenantSlug, UUID id) {}

  /** Who was erased. */
  public interface Erasures {

    /**
     * Hands over those who are to be looked for, and notes it if that does not fail.
     *
     * @return how many
     */
    int due(int limit, Consumer<List<Erased>> work);
  }

  /** Messages that nobody reads. */
  public interface DeadLetters {
    void forget(List<Erased> erased);
  }

  /** The row is the retry, so a failure is simply thrown. */
  public void run() {
    int swept;
    do {
      swept = erasures.due(BATCH, deadLetters::forget);
    } while (swept == BATCH);
  }
}
