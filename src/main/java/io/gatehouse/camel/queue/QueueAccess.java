package io.gatehouse.camel.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;

/**
 * The connections of the queue component to the broker.
 *
 * @param reading for consumers
 * @param sending for producers
 * @param underWay the number of requests in this process that have sent a message and wait for what
 *     becomes of it
 */
public record QueueAccess(
    ConnectionFactory reading, ConnectionFactory sending, SendPolicy doubt, IntSupplier underWay) {

  /**
   * The retry policy of a send whose result is in doubt.
   *
   * @param attempts maximum number of attempts
   * @param patience time after which a failed attempt is the last one
   * @param breaker lets the next calls fail at once after the broker was unavailable
   * @param together maximum number of concurrent sends: in the client of a broker that hangs, each
   *     call waits for the calls before it
   */
  public record SendPolicy(
      int attempts, Duration patience, CircuitBreaker breaker, Semaphore together) {}
}
