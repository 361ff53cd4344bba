package io.gatehouse.delivery.queue;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import io.gatehouse.delivery.queue.LaggingSubscriptions.State;
import io.gatehouse.store.StoreUnavailableException;
import io.gatehouse.store.UnitOfWork;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects all subscribers from one that does not read. A subscription whose queue exceeds its
 * limits, or whose queue is the longest of a profile without room on disk, is marked as lagging:
 * its queue is emptied and kept empty. When its subscriber returns, it receives the present state
 * of all resources.
 *
 * <p>The mark is committed before the queue is emptied. A crash in between leaves a marked queue,
 * which the next run empties, and never an empty queue without a mark.
 */
public final class LagMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);

  private final UnitOfWork unit;
  private final Limits limits;
  private final Queues queues;
  private final ReplayJobs jobs;
  private final AuditLog audit;

  public LagMonitor(
      UnitOfWork unit, Limits limits, Queues queues, ReplayJobs jobs, AuditLog audit) {
    this.unit = unit;
    this.limits = limits;
    this.queues = queues;
    this.jobs = jobs;
    this.audit = audit;
  }

  /** How much may wait for a subscriber, and how long. */
  public record Limits(long messages, Duration age) {
    boolean exceeds(QueueDepths.Standing standing) {
      return standing.messages() > messages
          || standing.failed() > messages
          || standing.oldest().compareTo(age) > 0;
    }

    /**
     * Whether a catch-up may go on. It fills at most half of a queue, so that the subscription does
     * not lag because of it.
     */
    boolean leaveRoom(QueueDepths.Standing standing) {
      return standing.messages() < messages / 2;
    }
  }

  /** All queues of subscribers. */
  public record Queues(
      Subscriptions subscriptions, QueueDepths depths, LaggingSubscriptions lagging) {}

  /** Looks at every queue once. */
  public void run() {
    Set<Subscription> lagging = queues.lagging().all().keySet();
    Map<Subscription, QueueDepths.Standing> standings =
        queues.depths().standings(queues.subscriptions().all());
    Set<Subscription> heaviest = heaviest(standings);
    standings.forEach(
        (each, standing) -> look(each, standing, lagging.contains(each), heaviest.contains(each)));
  }

  /** Of each profile that has no room left on disk, the subscription with the longest queue. */
  private Set<Subscription> heaviest(Map<Subscription, QueueDepths.Standing> standings) {
    Set<Subscription> heaviest = new HashSet<>();
    for (Profile full : queues.depths().full()) {
      standings.entrySet().stream()
          .filter(it -> it.getKey().profile() == full && it.getValue().messages() > 0)
          .max(Comparator.comparingLong(it -> it.getValue().messages()))
          .ifPresent(it -> heaviest.add(it.getKey()));
    }
    return heaviest;
  }

  private void look(
      Subscription subscription, QueueDepths.Standing standing, boolean lags, boolean heaviest) {
    try {
      if (lags && standing.consumers() > 0) {
        inState(State.LAGGING, subscription, this::rebuild);
      } else if (lags && standing.messages() + standing.failed() > 0) {
        inState(State.LAGGING, subscription, queues.depths()::close);
      } else if (!lags && (heaviest || limits.exceeds(standing))) {
        inState(State.LIVE, subscription, it -> drop(it, standing));
      }
    } catch (RuntimeException e) {
      StoreUnavailableException.rethrow(e);
      LOG.warn("The subscription {} could not be checked", subscription.queue(), e);
    }
  }

  /** Its state may have changed since it was read, so the work depends on the locked one. */
  private void inState(State wanted, Subscription subscription, Consumer<Subscription> work) {
    unit.inTransaction(
        () -> {
          Optional<State> state = queues.lagging().lock(subscription).filter(wanted::equals);
          state.ifPresent(it -> work.accept(subscription));
          return state;
        });
  }

  private void drop(Subscription subscription, QueueDepths.Standing standing) {
    queues.lagging().add(subscription);
    audit.append(AuditLog.Act.scheduled(subscription.tenant(), "subscription.lagging"));
    LOG.warn(
        "Subscription {} lags: {} events wait, the first one since {}. They are dropped, and it starts"
            + " with a bootstrap when it is back.",
        subscription.queue(),
        standing.messages(),
        standing.oldest());
  }

  /**
   * Events come again before the present state is read, so that what changes meanwhile is in one of
   * them, or in both.
   */
  private void rebuild(Subscription subscription) {
    queues.depths().close(subscription);
    queues.depths().open(subscription);
    queues.lagging().remove(subscription);
    jobs.bootstrap(subscription);
    audit.append(AuditLog.Act.scheduled(subscription.tenant(), "subscription.rebuild"));
    LOG.info("Subscription {} is back and starts with a bootstrap", subscription.queue());
  }

  /**
   * Sends the present state; the queue of a lagging subscription is opened first.
   *
   * @return false when another instance of the gateway works on this subscription
   */
  public boolean bootstrap(Subscription subscription) {
    return unit.inTransaction(() -> bootstrapLocked(subscription));
  }

  private boolean bootstrapLocked(Subscription subscription) {
    Optional<State> state = queues.lagging().lock(subscription);
    state.ifPresent(
        it -> {
          if (it == State.LAGGING) {
            rebuild(subscription);
          } else {
            jobs.bootstrap(subscription);
          }
        });
    return state.isPresent();
  }
}
