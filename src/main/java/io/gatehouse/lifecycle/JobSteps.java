package io.gatehouse.lifecycle;

import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes running jobs further, each step in a transaction of its own. A job that fails stops no
 * other: its step is repeated after a pause that doubles with each failure.
 */
final class JobSteps<J> {

  private static final Logger LOG = LoggerFactory.getLogger(JobSteps.class);

  /** A minute, with four rounds in a second. */
  private static final int LONGEST_PAUSE = 256;

  /** Rounds that are left out after one without a job, so that one is looked for each second. */
  private static final int IDLE_ROUNDS = 3;

  private final Map<UUID, Pause> pauses = new HashMap<>();
  private final UnitOfWork unit;
  private final SteppedJobs<J> jobs;
  private int idleRounds;

  JobSteps(UnitOfWork unit, SteppedJobs<J> jobs) {
    this.unit = unit;
    this.jobs = jobs;
  }

  /** The rounds in which a job that failed is left out, and how many are left of them. */
  private record Pause(int rounds, int left) {

    static final Pause NONE = new Pause(0, 0);

    Pause next() {
      return new Pause(rounds, left - 1);
    }

    Pause longer() {
      int longer = Math.min(Math.max(1, rounds * 2), LONGEST_PAUSE);
      return new Pause(longer, longer);
    }
  }

  /**
   * Runs one round; one thread at a time calls it.
   *
   * @param round the steps of a job in one round
   * @throws io.gatehouse.store.StoreUnavailableException when no job can go on
   */
  void run(List<UnaryOperator<J>> round) {
    if (idleRounds > 0) {
      idleRounds--;
      return;
    }
    List<UUID> running = jobs.running();
    if (running.isEmpty()) {
      idleRounds = IDLE_ROUNDS;
    }
    pauses.keySet().retainAll(running);
    for (UUID job : running) {
      Pause pause = pauses.getOrDefault(job, Pause.NONE);
      if (pause.left() > 0) {
        pauses.put(job, pause.next());
      } else {
        attempt(job, round, pause);
      }
    }
  }

  private void attempt(UUID job, List<UnaryOperator<J>> round, Pause before) {
    try {
      round.forEach(step -> unit.inTransaction(() -> run(job, step)));
      pauses.remove(job);
    } catch (RuntimeException e) {
      StoreUnavailableException.rethrow(e);
      pauses.put(job, before.longer());
      LOG.warn("A step of the job {} failed and is repeated", job, e);
    }
  }

  private Optional<J> run(UUID job, UnaryOperator<J> step) {
    Optional<J> after = jobs.lock(job).map(step);
    after.ifPresent(jobs::keep);
    return after;
  }
}
