package io.gatehouse.delivery;

import java.util.List;

/** Puts events on the broker. */
public interface EventPublisher {

  /**
   * Sends in order and returns once the broker has confirmed every one; throws if any is in doubt.
   */
  void publish(List<CloudEvent> events);
}
