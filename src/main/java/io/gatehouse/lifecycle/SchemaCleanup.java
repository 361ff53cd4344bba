package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.lifecycle.SchemaCleanups.Job;
import io.gatehouse.lifecycle.SchemaCleanups.Subject;
import io.gatehouse.store.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Drops the values of extensions that were deleted or narrowed: in steps, through the queue of
 * commands, so that each resource changes in the order of its other commands, with a version and an
 * event. The resources of a page are kept before their commands are sent in the next step, and a
 * command without an outcome is sent again after a minute, with the same id, so that none is lost
 * and none is counted twice.
 */
public final class SchemaCleanup {

  /** So many resources are looked at in one query. */
  private static final int PAGE = 250;

  /** So many queries has a step, so that few values among many resources are found soon. */
  private static final int PAGES = 4;

  /** So many commands of a job are on the queue at most, so that others find their place. */
  private static final int UNDER_WAY = 500;

  /** After this time a command counts as lost. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final SchemaCleanups jobs;
  private final JobSteps<Job> steps;
  private final CommandGateway commandGateway;
  private final Clock clock;
  private final Map<CommandId, Instant> sent = new ConcurrentHashMap<>();

  public SchemaCleanup(
      UnitOfWork unit, SchemaCleanups jobs, CommandGateway commandGateway, Clock clock) {
    this.jobs = jobs;
    this.steps = new JobSteps<>(unit, jobs);
    this.commandGateway = commandGateway;
    this.clock = clock;
  }

  /** Takes each job one step further. */
  public void step() {
    Instant lost = clock.instant().minus(AGAIN);
    sent.values().removeIf(at -> at.isBefore(lost));
    steps.run(List.of(this::step));
  }

  private Job step(Job before) {
    Job job = collected(before);
    send(job);
    for (int i = 0; i < PAGES && !job.scanned(); i++) {
      if (job.pending().size() > UNDER_WAY - PAGE) {
        return job;
      }
      job = job.chosen(jobs.next(job, PAGE));
    }
    return job.scanned() && job.pending().isEmpty() ? job.ended() : job;
  }

  /** Counts the outcomes that have come; who is erased has no values either. */
  private Job collected(Job job) {
    Map<CommandId, Integer> answered =
        jobs.answered(job.pending().stream().map(it -> command(job.subject(), it)).toList());
    long failed = answered.values().stream().filter(status -> status >= 500).count();
    List<UUID> left =
        job.pending().stream()
            .filter(it -> !answered.containsKey(command(job.subject(), it)))
            .toList();
    return job.counted(left, answered.size() - failed, failed);
  }

  private void send(Job job) {
    Subject subject = job.subject();
    Caller caller = new Caller(subject.tenant(), subject.tenantSlug(), null, subject.actor());
    for (UUID id : job.pending()) {
      CommandId command = command(subject, id);
      if (!sent.containsKey(command)) {
        commandGateway.send(command, caller, new Command.Conform(subject.type(), id));
        sent.put(command, clock.instant());
      }
    }
  }

  private static CommandId command(Subject subject, UUID resource) {
    return SteppedJobs.command(subject.id(), resource);
  }
}
