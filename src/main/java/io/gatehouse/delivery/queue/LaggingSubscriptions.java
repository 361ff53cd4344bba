package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The subscriptions that have fallen too far behind for anything to be kept for them. */
public interface LaggingSubscriptions {

  /** All of them, and since when. */
  Map<Subscription, Instant> all();

  /**
   * Does something with a subscription while nobody else does, in one transaction.
   *
   * @param work is told whether the subscription is a laggard
   * @return false when somebody else is at it, or when it is gone
   */
  boolean withLock(Subscription subscription, Consumer<Boolean> work);

  /** Makes it one; what was still to be sent to it is not sent. */
  void add(Subscription subscription);

  void remove(Subscription subscription);
}
