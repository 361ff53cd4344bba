package io.gatehouse.delivery;

import java.util.List;

/** Publishes events to the broker. */
public interface EventPublisher {

  /**
   * Sends in order and returns when the broker has confirmed every event; throws when the result of
   * any is in doubt.
   */
  void publish(List<CloudEvent> events);
}
