package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.Caller;
import io.gatehouse.command.Command;
import io.gatehouse.command.CommandGateway;
import io.gatehouse.command.CommandId;
import io.gatehouse.command.EventOrigin;
import io.gatehouse.command.Outcome;
import io.gatehouse.lifecycle.EnrolmentJobs.Job;
import io.gatehouse.lifecycle.SteppedJobs.State;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.scim.ScimException;
import io.gatehouse.support.FakeUnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What one step of an enrolment does, and what a repeated one does not. */
class EnrolmentStepsTest {

  private static final UUID TENANT = UUID.randomUUID();

  private final List<UUID> waiting =
      new ArrayList<>(IntStream.range(0, 2_300).mapToObj(i -> new UUID(1, i)).toList());
  private final Set<CommandId> sent = new LinkedHashSet<>();
  private final Map<CommandId, Integer> answers = new HashMap<>();
  private Job job =
      new Job(
          UUID.randomUUID(), TENANT, "acme", "admin", null, State.RUNNING, 0, 0, null, List.of());

  /** Whether what was sent is not kept, as after a kill. */
  private boolean lose;

  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final Enrolment enrolment =
      new Enrolment(
          unit,
          new Enrolment.Schedules(null, null),
          new Jobs(),
          new Enrolment.People(
              new People(),
              (tenant, filter) -> {
                throw ScimException.invalidValue("no filter");
              }),
          new Queue());

  @Test
  void hasAThousandCommandsOnTheQueueAtMost() {
    for (int step = 0; step < 10; step++) {
      enrolment.step();
    }

    assertThat(sent).hasSize(1_000);
    assertThat(job.pending()).hasSize(1_000);

    answer(200, 200);
    enrolment.step();

    assertThat(job.done()).isEqualTo(200);
    assertThat(sent).hasSize(1_200);
  }

  @Test
  void sendsTheSameCommandsWhenAStepWasLost() {
    Job before = job;
    enrolment.step();
    Set<CommandId> first = Set.copyOf(sent);

    job = before;
    enrolment.step();

    assertThat(sent).isEqualTo(first);
  }

  /** The commands of the step were sent and applied, but it ended before that was kept. */
  @Test
  void countsThoseWhoWereEnrolledByAStepThatWasLost() {
    lose = true;
    enrolment.step();
    assertThat(sent).hasSize(200);
    answer(200, 200);
    waiting.subList(0, 200).clear();
    lose = false;

    for (int step = 0; step < 50 && job.state() == State.RUNNING; step++) {
      enrolment.step();
      answer(1_000, 200);
    }

    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(job.done()).isEqualTo(2_300);
    assertThat(sent).hasSize(2_300);
  }

  @Test
  void endsWhenAllHaveAnOutcomeAndCountsTheRefused() {
    for (int step = 0; step < 50 && job.state() == State.RUNNING; step++) {
      enrolment.step();
      answer(190, 200);
      answer(10, 409);
    }

    assertThat(job.state()).isEqualTo(State.DONE);
    assertThat(job.done() + job.refused()).isEqualTo(2_300);
    assertThat(job.refused()).isBetween(110L, 120L);
    assertThat(sent).hasSize(2_300);
  }

  @Test
  void failsWhenItsFilterCannotBeReadAnyMore() {
    job = new Job(job.id(), TENANT, "acme", "admin", "x eq", State.RUNNING, 0, 0, null, List.of());

    enrolment.step();

    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(sent).isEmpty();
  }

  private void answer(int count, int status) {
    sent.stream()
        .filter(it -> !answers.containsKey(it))
        .limit(count)
        .toList()
        .forEach(it -> answers.put(it, status));
  }

  private final class Jobs implements EnrolmentJobs {

    private int before;

    @Override
    public List<UUID> running() {
      return job.state() == State.RUNNING ? List.of(job.id()) : List.of();
    }

    @Override
    public Optional<Job> lock(UUID id) {
      unit.require();
      before = sent.size();
      return Optional.of(job);
    }

    @Override
    public void keep(Job after) {
      unit.require();
      job = lose && sent.size() > before ? job : after;
    }

    @Override
    public Optional<UUID> begin(Order order) {
      return Optional.empty();
    }

    @Override
    public Optional<UUID> running(UUID tenant) {
      return Optional.empty();
    }

    @Override
    public Optional<Progress> find(UUID tenant, UUID id) {
      return Optional.empty();
    }

    @Override
    public List<Progress> latest(UUID tenant, int limit) {
      return List.of();
    }

    @Override
    public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
      Map<CommandId, Integer> found = new HashMap<>(answers);
      found.keySet().retainAll(Set.copyOf(commands));
      return found;
    }

    @Override
    public void forget() {}
  }

  private final class People implements PersonRefs {
    @Override
    public Optional<PersonRef> find(UUID person) {
      return Optional.empty();
    }

    @Override
    public List<PersonRef> due(int limit) {
      return List.of();
    }

    @Override
    public Due count(UUID tenant, Instant until) {
      return new Due(0, 0);
    }

    @Override
    public long countUnenrolled(UUID tenant, FilterCondition filter) {
      return waiting.size();
    }

    @Override
    public List<PersonRef> unenrolled(UUID tenant, FilterCondition filter, UUID after, int limit) {
      return waiting.stream()
          .filter(it -> after == null || it.compareTo(after) > 0)
          .limit(limit)
          .map(it -> new PersonRef(TENANT, "acme", it, null, false))
          .toList();
    }
  }

  private final class Queue implements CommandGateway {
    @Override
    public Outcome submit(Caller caller, Command command) {
      throw new IllegalStateException();
    }

    @Override
    public void send(Caller caller, Command command) {
      throw new IllegalStateException();
    }

    @Override
    public void send(CommandId id, Caller caller, Command command) {
      sent.add(id);
    }

    @Override
    public Outcome submit(CommandId id, Caller caller, Command command, EventOrigin origin) {
      throw new IllegalStateException();
    }

    @Override
    public void send(CommandId id, Caller caller, Command command, EventOrigin origin) {
      throw new IllegalStateException();
    }
  }
}
