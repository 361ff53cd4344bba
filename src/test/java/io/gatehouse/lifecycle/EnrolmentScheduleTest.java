package io.gatehouse.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.command.CommandId;
import io.gatehouse.scim.FilterCondition;
import io.gatehouse.support.FakeUnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A schedule that is due begins one enrolment, and is due again at its next time. */
class EnrolmentScheduleTest {

  private static final Instant NOW = Instant.parse("2026-11-03T09:00:00Z");

  private final UUID acme = new UUID(0, 1);
  private final UUID globex = new UUID(0, 2);
  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final Schedules schedules = new Schedules();
  private final List<EnrolmentJobs.Order> begun = new ArrayList<>();
  private final Set<UUID> failing = new HashSet<>();
  private final Set<UUID> running = new HashSet<>();
  private final Enrolment enrolment =
      new Enrolment(
          unit,
          new Enrolment.Schedules(schedules, (cron, zone, after) -> after.plus(Duration.ofDays(7))),
          new Jobs(),
          new Enrolment.People(
              new Nobody(),
              (tenant, filter) -> {
                throw new IllegalStateException("a schedule has no filter");
              }),
          null);

  @Test
  void beginsWhatIsDueAndKeepsTheNextTime() {
    schedules.next.put(acme, NOW.minusSeconds(3_600));
    schedules.next.put(globex, NOW.plusSeconds(1));

    enrolment.run();
    enrolment.run();

    assertThat(begun).hasSize(1);
    assertThat(begun.get(0).tenant()).isEqualTo(acme);
    assertThat(begun.get(0).actor()).isEqualTo("schedule");
    assertThat(begun.get(0).filter()).isNull();
    assertThat(schedules.next).containsEntry(acme, NOW.plus(Duration.ofDays(7)));
    assertThat(schedules.next).containsEntry(globex, NOW.plusSeconds(1));
  }

  @Test
  void staysDueWhenItCannotBeginAndStopsNoOther() {
    schedules.next.put(acme, NOW.minusSeconds(2));
    schedules.next.put(globex, NOW.minusSeconds(1));
    failing.add(acme);

    enrolment.run();

    assertThat(begun).extracting(EnrolmentJobs.Order::tenant).containsExactly(globex);
    assertThat(schedules.next).containsEntry(acme, NOW.minusSeconds(2));

    failing.clear();
    enrolment.run();
    assertThat(begun).extracting(EnrolmentJobs.Order::tenant).containsExactly(globex, acme);
  }

  @Test
  void staysDueWhileAnEnrolmentOfAFewIsRunning() {
    schedules.next.put(acme, NOW.minusSeconds(1));
    running.add(acme);

    enrolment.run();
    assertThat(begun).isEmpty();
    assertThat(schedules.next).containsEntry(acme, NOW.minusSeconds(1));

    running.clear();
    enrolment.run();
    assertThat(begun).extracting(EnrolmentJobs.Order::tenant).containsExactly(acme);
    assertThat(schedules.next).containsEntry(acme, NOW.plus(Duration.ofDays(7)));
  }

  @Test
  void leavesAloneWhatAnotherInstanceHasLocked() {
    schedules.next.put(acme, NOW.minusSeconds(1));
    schedules.locked.add(acme);

    enrolment.run();

    assertThat(begun).isEmpty();
    assertThat(schedules.next).containsEntry(acme, NOW.minusSeconds(1));
  }

  private final class Schedules implements EnrolmentSchedules {

    final Map<UUID, Instant> next = new TreeMap<>();
    final Set<UUID> locked = new HashSet<>();

    @Override
    public List<UUID> due() {
      return next.keySet().stream().filter(this::isDue).toList();
    }

    private boolean isDue(UUID tenant) {
      return !next.get(tenant).isAfter(NOW);
    }

    @Override
    public Optional<Run> lock(UUID tenant) {
      unit.require();
      return isDue(tenant) && !locked.contains(tenant)
          ? Optional.of(new Run(tenant, "slug", "0 9 * * MON", ZoneOffset.UTC, NOW))
          : Optional.empty();
    }

    @Override
    public void set(UUID tenant, String cron, Instant at) {
      unit.require();
      next.put(tenant, at);
    }

    @Override
    public Optional<Schedule> of(UUID tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant now() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean remove(UUID tenant) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Jobs implements EnrolmentJobs {

    @Override
    public Optional<UUID> begin(Order order) {
      unit.require();
      if (failing.contains(order.tenant())) {
        throw new IllegalStateException("the count takes too long");
      }
      if (running.contains(order.tenant())) {
        return Optional.empty();
      }
      begun.add(order);
      return Optional.of(UUID.randomUUID());
    }

    @Override
    public List<UUID> running() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Job> lock(UUID job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void keep(Job job) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<UUID> running(UUID tenant) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Progress> find(UUID tenant, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Progress> latest(UUID tenant, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<CommandId, Integer> answered(Collection<CommandId> commands) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Nobody implements PersonRefs {

    @Override
    public long countUnenrolled(UUID tenant, FilterCondition filter) {
      return 0;
    }

    @Override
    public Optional<PersonRef> find(UUID person) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PersonRef> due(int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Due count(UUID tenant, Instant until) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<PersonRef> unenrolled(UUID tenant, FilterCondition filter, UUID after, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
