package io.gatehouse.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.audit.AuditEntry;
import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LaggingSubscriptions.State;
import io.gatehouse.delivery.queue.QueueDepths.Standing;
import io.gatehouse.support.FakeUnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is done about a queue, and what is not when another gateway was there first. */
class LagMonitorTest {

  private static final long LIMIT = 100;

  private final Subscription first = subscription("first");
  private final Subscription second = subscription("second");
  private final FakeUnitOfWork unit = new FakeUnitOfWork();
  private final FakeReplayJobs jobs = new FakeReplayJobs(unit);
  private final FakeQueueDepths depths = new FakeQueueDepths();
  private final Lagging lagging = new Lagging();
  private final List<String> acts = new ArrayList<>();
  private final LagMonitor monitor =
      new LagMonitor(
          unit,
          new LagMonitor.Limits(LIMIT, Duration.ofDays(7)),
          new LagMonitor.Queues(new All(), depths, lagging),
          jobs,
          new Audit());

  /** It is emptied at the next look, when the mark is safe. */
  @Test
  void marksAQueueOverItsLimitAndTakesNothingOffItYet() {
    depths.set(first, LIMIT, 0);
    depths.set(second, LIMIT + 1, 0);

    monitor.run();

    assertThat(lagging.marked).containsExactly(second);
    assertThat(acts).containsExactly("subscription.lagging");
    assertThat(depths.calls).isEmpty();

    monitor.run();
    assertThat(depths.calls).containsExactly("close second");
    assertThat(acts).hasSize(1);
  }

  @Test
  void marksAQueueWhoseFirstEventIsTooOldOrThatHasTooManyFailed() {
    depths.set(first, new Standing(1, 1, Duration.ofDays(7).plusMillis(1), 0));
    depths.set(second, new Standing(0, 1, Duration.ZERO, LIMIT + 1));

    monitor.run();

    assertThat(lagging.marked).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void marksTheLongestQueueOfAProfileThatFillsTheDisk() {
    depths.full.add(Profile.HR);
    depths.set(first, 7, 0);
    depths.set(second, 8, 0);

    monitor.run();

    assertThat(lagging.marked).containsExactly(second);
  }

  @Test
  void rebuildsALaggardThatIsBack() {
    lagging.marked.add(first);
    depths.set(first, 0, 1);

    monitor.run();

    assertThat(depths.calls).containsExactly("close first", "open first");
    assertThat(lagging.marked).isEmpty();
    assertThat(jobs.bootstraps).containsExactly(first);
    assertThat(acts).containsExactly("subscription.rebuild");
  }

  @Test
  void leavesAnEmptyLaggardAloneThatIsNotBack() {
    lagging.marked.add(first);
    depths.set(first, 0, 0);

    monitor.run();

    assertThat(unit.committed()).isZero();
    assertThat(depths.calls).isEmpty();
  }

  @Test
  void doesNothingTwiceWhenAnotherGatewayWasFirst() {
    lagging.marked.add(first);
    depths.set(first, 5, 1);
    depths.set(second, LIMIT + 1, 0);
    lagging.beforeLock =
        subscription -> {
          lagging.marked.remove(first);
          lagging.marked.add(second);
        };

    monitor.run();

    assertThat(depths.calls).isEmpty();
    assertThat(jobs.bootstraps).isEmpty();
    assertThat(acts).isEmpty();
  }

  @Test
  void leavesAloneWhatAnotherGatewayHasLocked() {
    lagging.marked.add(first);
    depths.set(first, 5, 1);
    lagging.locked.add(first);

    monitor.run();

    assertThat(depths.calls).isEmpty();
    assertThat(lagging.marked).containsExactly(first);
    assertThat(monitor.bootstrap(first)).isFalse();
    assertThat(jobs.bootstraps).isEmpty();
  }

  @Test
  void checksTheOthersWhenOneFails() {
    depths.set(first, LIMIT + 1, 0);
    depths.set(second, LIMIT + 1, 0);
    List<Subscription> failed = new ArrayList<>();
    lagging.beforeLock =
        subscription -> {
          if (failed.isEmpty()) {
            failed.add(subscription);
            throw new IllegalStateException("the database has gone away for a moment");
          }
        };

    monitor.run();

    assertThat(lagging.marked).hasSize(1).doesNotContainAnyElementsOf(failed);
  }

  @Test
  void sendsThePresentStateToASubscriberThatAsksForIt() {
    assertThat(monitor.bootstrap(first)).isTrue();

    assertThat(jobs.bootstraps).containsExactly(first);
    assertThat(depths.calls).isEmpty();

    lagging.marked.add(second);
    assertThat(monitor.bootstrap(second)).isTrue();

    assertThat(jobs.bootstraps).containsExactly(first, second);
    assertThat(depths.calls).containsExactly("close second", "open second");
    assertThat(lagging.marked).isEmpty();
  }

  /** Else the subscriber would be live without what it has missed. */
  @Test
  void staysALaggardWhenItCannotBeRebuilt() {
    lagging.marked.add(first);
    depths.set(first, 0, 1);
    acts.add("full");

    assertThatThrownBy(() -> monitor.bootstrap(first)).hasMessage("the audit log is full");

    assertThat(lagging.marked).containsExactly(first);
    assertThat(jobs.bootstraps).isEmpty();
  }

  private static Subscription subscription(String name) {
    return new Subscription(UUID.randomUUID(), "acme", name, Profile.HR, List.of());
  }

  private final class Lagging implements LaggingSubscriptions {

    final Set<Subscription> marked = new HashSet<>();
    final Set<Subscription> locked = new HashSet<>();
    Consumer<Subscription> beforeLock = subscription -> {};

    Lagging() {
      unit.over(
          () -> {
            Set<Subscription> before = Set.copyOf(marked);
            return () -> {
              marked.clear();
              marked.addAll(before);
            };
          });
    }

    @Override
    public Map<Subscription, Instant> all() {
      Map<Subscription, Instant> all = new HashMap<>();
      marked.forEach(it -> all.put(it, Instant.EPOCH));
      return all;
    }

    @Override
    public Optional<State> lock(Subscription subscription) {
      unit.require();
      beforeLock.accept(subscription);
      return locked.contains(subscription)
          ? Optional.empty()
          : Optional.of(marked.contains(subscription) ? State.LAGGING : State.LIVE);
    }

    @Override
    public void add(Subscription subscription) {
      unit.require();
      marked.add(subscription);
    }

    @Override
    public void remove(Subscription subscription) {
      unit.require();
      marked.remove(subscription);
    }
  }

  private final class All implements Subscriptions {
    @Override
    public List<Subscription> all() {
      return List.of(first, second);
    }

    @Override
    public Map<String, Set<Profile>> profiles(Set<String> tenantSlugs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean add(Subscription subscription, byte[] passwordHash) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void changePassword(Subscription subscription, byte[] passwordHash) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<Login, Subscription> holders(Set<Login> logins) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void remove(Subscription subscription) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Subscription> find(String tenantSlug, String name) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Audit implements AuditLog {
    @Override
    public void append(Act act) {
      unit.require();
      if (acts.contains("full")) {
        throw new IllegalStateException("the audit log is full");
      }
      acts.add(act.action());
    }

    @Override
    public void append(List<AuditEntry> entries) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void append(Act act, ObjectNode detail) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void append(Burst burst) {
      throw new UnsupportedOperationException();
    }
  }
}
