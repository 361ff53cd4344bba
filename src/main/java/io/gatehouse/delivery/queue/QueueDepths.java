package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Profile;
import io.gatehouse.delivery.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What waits for subscribers on their queues. */
public interface QueueDepths {

  /**
   * How a queue stands.
   *
   * @param messages that were not read, or not acknowledged
   * @param oldest how long the first one has been waiting
   * @param failed that the subscriber could not process, and that are kept for it
   */
  record Standing(long messages, int consumers, Duration oldest, long failed) {}

  /** How queues stand; those that the broker does not have are left out. */
  Map<Subscription, Standing> standings(Collection<Subscription> subscriptions);

  /** The profiles whose events take up nearly all the disk that they may. */
  Set<Profile> full();

  /** Takes everything off the queue, and lets nothing more come. */
  void close(Subscription subscription);

  /** Lets events come again, from now on. */
  void open(Subscription subscription);
}
