package io.gatehouse.broker;

import java.time.Duration;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * How long work at the broker may take.
 *
 * @param begin no call begins later after the start
 * @param reply how long after that replies of the management API are waited for
 * @param call how long any other call may take
 */
record SessionLimits(Duration begin, Duration reply, Duration call) {

  /** A caller waits, for twelve seconds and a goodbye at the longest. */
  static final SessionLimits WAITED_FOR =
      new SessionLimits(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofMillis(3_500));

  private static final Duration HOURS = Duration.ofHours(1);

  /** No caller waits. The time to empty a queue grows with its length. */
  static final SessionLimits BACKGROUND = new SessionLimits(HOURS, HOURS, Duration.ofSeconds(5));

  /** A busy broker is no reason to give up the start. */
  static final SessionLimits START = new SessionLimits(HOURS, HOURS, Duration.ofSeconds(20));

  private static final Duration LONGEST_REPLY = Duration.ofSeconds(60);

  /**
   * How long the next reply is waited for.
   *
   * @param passed the time since the start
   */
  Duration replyAfter(Duration passed) {
    Duration left = begin.plus(reply).minus(passed);
    return left.compareTo(LONGEST_REPLY) < 0 ? left : LONGEST_REPLY;
  }

  /** At the start, a call that the user may not make is answered where the send is. */
  void limit(ServerLocator locator) {
    locator.setCallTimeout(call.toMillis()).setReconnectAttempts(0).setInitialConnectAttempts(1);
    locator.setBlockOnNonDurableSend(equals(START));
  }
}
