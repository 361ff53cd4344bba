package io.gatehouse.delivery.queue;

import io.gatehouse.audit.AuditLog;
import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a subscriber who is away stops nobody else. A queue over its limits, or the
 * longest one of a profile whose events fill the disk, is a laggard from then on: it is emptied and
 * kept empty, and when its subscriber is back, it starts anew with the present state of everything.
 *
 * <p>The mark is committed before anything is taken off the queue. So a crash in between leaves a
 * marked queue, which is emptied at the next look, and never an empty one that nobody knows of.
 */
public final class LagMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(LagMonitor.class);

  private final Limits limits;
  private final Queues queues;
  private final ReplayJobs jobs;
  private final AuditLog audit;

  public LagMonitor(Limits limits, Queues queues, ReplayJobs jobs, AuditLog audit) {
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
     * Whether a catch-up may go on. It fills a queue by half at most, so that it makes no laggard
     * of whoever asked for it.
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
    Set<Subscription> laggards = queues.lagging().all().keySet();
    Map<Subscription, QueueDepths.Standing> standings =
        queues.depths().standings(queues.subscriptions().all());
    Set<Subscription> heaviest = heaviest(standings);
    standings.forEach(
        (each, standing) -> look(each, standing, laggards.contains(each), heaviest.contains(each)));
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
        queues.lagging().withLock(subscription, still -> rebuild(subscription, still));
      } else if (lags && standing.messages() + standing.failed() > 0) {
        queues.lagging().withLock(subscription, still -> empty(subscription, still));
      } else if (!lags && (heaviest || limits.exceeds(standing))) {
        queues.lagging().withLock(subscription, already -> drop(subscription, standing, already));
      }
    } catch (RuntimeException e) {
      LOG.warn("The subscription {} could not be checked", subscription.queue(), e);
    }
  }

  private void drop(Subscription subscription, QueueDepths.Standing standing, boolean already) {
    if (!already) {
      queues.lagging().add(subscription);
      audit.append(AuditLog.Act.scheduled(subscription.tenant(), "subscription.lagging"));
      LOG.warn(
          "Subscription {} lags: {} events wait, the first one since {}. They are dropped, and it starts"
              + " with a bootstrap when it is back.",
          subscription.queue(),
          standing.messages(),
          standing.oldest());
    }
  }

  private void empty(Subscription subscription, boolean lags) {
    if (lags) {
      queues.depths().close(subscription);
    }
  }

  /**
   * Events come again before the present state is read, so that what changes meanwhile is in one of
   * them, or in both.
   */
  private void rebuild(Subscription subscription, boolean lags) {
    if (lags) {
      queues.depths().close(subscription);
      queues.depths().open(subscription);
      queues.lagging().remove(subscription);
      jobs.bootstrap(subscription);
      audit.append(AuditLog.Act.scheduled(subscription.tenant(), "subscription.rebuild"));
      LOG.info("Subscription {} is back and starts with a bootstrap", subscription.queue());
    }
  }

  /**
   * Sends the present state, to a laggard on a queue that is open again.
   *
   * @return false when somebody else is at this subscription
   */
  public boolean bootstrap(Subscription subscription) {
    return queues
        .lagging()
        .withLock(
            subscription,
            lags -> {
              if (lags) {
                rebuild(subscription, true);
              } else {
                jobs.bootstrap(subscription);
              }
            });
  }
}
