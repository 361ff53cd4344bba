package io.gatehouse.camel.queue;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How the broker is reached.
 *
 * @param reading to take things off a queue
 * @param sending to put something on one
 */
public record QueueAccess(ConnectionFactory reading, ConnectionFactory sending, SendPolicy doubt) {

  /**
   * What becomes of something that may not have been sent.
   *
   * @param attempts how often it is sent at most
   * @param patience after which a failed attempt is the last
   * @param breaker remembers for those who come next that the broker was away
   * @param together how many send at a time: in the client of a broker that hangs, each waits for
   *     those before it
   */
  public record SendPolicy(
      int attempts, Duration patience, CircuitBreaker breaker, Semaphore together) {}
}
