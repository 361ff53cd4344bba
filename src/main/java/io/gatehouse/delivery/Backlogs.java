package io.gatehouse.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** What waits for subscribers on their queues. */
public interface Backlogs {

  /**
   * How a queue stands.
   *
   * @param messages that were not read, or not acknowledged
   * @param oldest how long the first one has been waiting
   */
  record Standing(long messages, int consumers, Duration oldest) {}

  /** How queues stand; those that the broker does not have are left out. */
  Map<Subscription, Standing> standings(Collection<Subscription> subscriptions);

  /** Takes everything off the queue, and lets nothing more come. */
  void close(Subscription subscription);

  /** Lets events come again, from now on. */
  void open(Subscription subscription);
}
