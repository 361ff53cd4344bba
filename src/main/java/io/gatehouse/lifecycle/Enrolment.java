package io.gatehouse.lifecycle;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.LifecycleAction;
import io.gatehouse.lifecycle.EnrolmentJobs.Job;
import io.gatehouse.lifecycle.EnrolmentJobs.Order;
import io.gatehouse.lifecycle.SteppedJobs.State;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ScimException;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enrols many, when a schedule is due or an administrator asks for it: in steps, through the queue
 * of commands. A step that is lost is taken again, with the same command ids, so that nothing is
 * done twice.
 */
public final class Enrolment {

  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  /** Few enough to be sent long before PostgreSQL ends a transaction that says nothing. */
  private static final int PAGE = 200;

  /** So many commands of a job are on the queue at most, so that others find their place. */
  private static final int UNDER_WAY = 1_000;

  private final UnitOfWork unit;
  private final Schedules schedules;
  private final EnrolmentJobs jobs;
  private final JobSteps<Job> steps;
  private final People people;
  private final CommandGateway commandGateway;

  public Enrolment(
      UnitOfWork unit,
      Schedules schedules,
      EnrolmentJobs jobs,
      People people,
      CommandGateway commandGateway) {
    this.unit = unit;
    this.schedules = schedules;
    this.jobs = jobs;
    this.steps = new JobSteps<>(unit, jobs);
    this.people = people;
    this.commandGateway = commandGateway;
  }

  /** What runs by the clock. */
  public record Schedules(EnrolmentSchedules all, CronSchedule timetable) {}

  /** Those who may be enrolled, and how a filter over them is read. */
  public record People(PersonRefs wards, Filters filters) {
    @Nullable FilterCondition condition(UUID tenant, @Nullable String filter) {
      return filter == null ? null : filters.parse(tenant, filter);
    }
  }

  /** Reads a filter with the schemas of a tenant. */
  @FunctionalInterface
  public interface Filters {
    FilterCondition parse(UUID tenant, String filter);
  }

  /**
   * Begins what is due, each in a transaction of its own, so that one that fails stops no other. A
   * time that was missed is made up for once.
   */
  public void run() {
    for (UUID tenant : schedules.all().due()) {
      try {
        unit.inTransaction(() -> beginScheduled(tenant));
      } catch (RuntimeException e) {
        StoreUnavailableException.rethrow(e);
        LOG.warn("The scheduled enrolment of the tenant {} could not begin", tenant, e);
      }
    }
  }

  private Optional<EnrolmentSchedules.Run> beginScheduled(UUID tenant) {
    Optional<EnrolmentSchedules.Run> due = schedules.all().lock(tenant);
    due.ifPresent(this::begin);
    return due;
  }

  /**
   * While another job of the tenant is running the schedule stays due: that job may be for a few
   * users only.
   */
  private void begin(EnrolmentSchedules.Run due) {
    if (begin(Caller.schedule(due.tenant(), due.tenantSlug()), null).isEmpty()) {
      return;
    }
    Instant next = schedules.timetable().next(due.cron(), due.zone(), due.now());
    schedules.all().set(due.tenant(), due.cron(), next);
  }

  /**
   * Begins to enrol all who match and are active and not enrolled.
   *
   * @param filter null for all whom a connection has provisioned
   * @return the job; empty while another one of the tenant is running
   * @throws ScimException when the filter is none
   */
  public Optional<UUID> begin(Caller caller, @Nullable String filter) {
    UUID tenant = caller.tenant();
    long total = people.wards().countUnenrolled(tenant, people.condition(tenant, filter));
    return jobs.begin(new Order(tenant, caller.actor(), filter, total));
  }

  /**
   * Takes each job one step further: who is next is kept before the commands are sent, so that
   * their outcomes are counted even if nobody can say afterwards that they were sent.
   */
  public void step() {
    steps.run(List.of(this::chosen, this::sent));
  }

  private Job chosen(Job before) {
    Job job = collected(before);
    try {
      FilterCondition condition = people.condition(job.tenant(), job.filter());
      if (job.unsent().isEmpty() && job.pending().size() <= UNDER_WAY - PAGE) {
        List<PersonRef> page =
            people.wards().unenrolled(job.tenant(), condition, job.after(), PAGE);
        job = job.chosen(page.stream().map(PersonRef::person).toList());
      }
    } catch (ScimException e) {
      LOG.warn("The enrolment {} cannot go on: {}", job.id(), e.getMessage());
      return job.ended(State.FAILED);
    }
    return job.pending().isEmpty() ? job.ended(State.DONE) : job;
  }

  /** Counts the outcomes that have come. */
  private Job collected(Job job) {
    Map<CommandId, Integer> answered =
        jobs.answered(job.pending().stream().map(it -> command(job, it)).toList());
    long enrolled = answered.values().stream().filter(status -> status < 300).count();
    List<UUID> left =
        job.pending().stream().filter(it -> !answered.containsKey(command(job, it))).toList();
    return job.counted(left, enrolled, answered.size() - enrolled);
  }

  private Job sent(Job job) {
    Caller caller = new Caller(job.tenant(), job.tenantSlug(), null, job.actor());
    for (UUID person : job.unsent()) {
      commandGateway.send(
          command(job, person), caller, new Command.Lifecycle(person, LifecycleAction.ENROL));
    }
    return job.sent();
  }

  private static CommandId command(Job job, UUID person) {
    return SteppedJobs.command(job.id(), person);
  }
}
