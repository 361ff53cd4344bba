package io.gatehouse.delivery.queue;

import io.gatehouse.delivery.Subscription;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The subscriptions that have fallen too far behind for anything to be kept for them. */
public interface LaggingSubscriptions {

  /** All lagging subscriptions, each with the time when it was marked. */
  Map<Subscription, Instant> all();

  /** Whether events are kept for a subscription. */
  enum State {
    LIVE,
    LAGGING
  }

  /**
   * Locks a subscription until the transaction ends, which may take minutes.
   *
   * @return empty when another instance of the gateway has locked it, or when it is gone
   */
  Optional<State> lock(Subscription subscription);

  /** Makes it one; what was still to be sent to it is not sent. */
  void add(Subscription subscription);

  void remove(Subscription subscription);
}
