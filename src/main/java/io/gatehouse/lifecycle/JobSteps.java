package io.gatehouse.lifecycle;

import io.gatehouse.store.UnitOfWork;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes running jobs one step further, each in a transaction of its own, so that one that fails
 * stops no other. A step that is not kept is repeated.
 */
final class JobSteps<J> {

  private static final Logger LOG = LoggerFactory.getLogger(JobSteps.class);

  private final UnitOfWork unit;
  private final SteppedJobs<J> jobs;

  JobSteps(UnitOfWork unit, SteppedJobs<J> jobs) {
    this.unit = unit;
    this.jobs = jobs;
  }

  void run(UnaryOperator<J> step) {
    for (UUID job : jobs.running()) {
      try {
        unit.inTransaction(() -> run(job, step));
      } catch (RuntimeException e) {
        LOG.warn("A step of the job {} failed and is repeated", job, e);
      }
    }
  }

  private Optional<J> run(UUID job, UnaryOperator<J> step) {
    Optional<J> after = jobs.lock(job).map(step);
    after.ifPresent(jobs::keep);
    return after;
  }
}
