package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** The backlogs of subscribers' queues. */
public interface QueueDepths {

  /**
   * The state of a queue.
   *
   * @param messages number of unread or unacknowledged messages
   * @param oldest age of the first of them
   * @param failed number of messages that the subscriber could not process and that are kept for it
   */
  record Standing(long messages, int consumers, Duration oldest, long failed) {}

  /** The states of queues; queues that the broker does not have are left out. */
  Map<Subscription, Standing> standings(Collection<Subscription> subscriptions);

  /** The profiles whose events take up nearly all of their permitted disk space. */
  Set<Profile> full();

  /** Empties the queue and excludes further events. */
  void close(Subscription subscription);

  /** Admits events again, from now on. */
  void open(Subscription subscription);
}
