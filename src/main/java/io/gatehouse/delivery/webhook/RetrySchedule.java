package io.gatehouse.delivery.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The retry schedule of an event: ten attempts in about three days (Standard Webhooks). The pauses
 * vary by a tenth, so that simultaneous failures are not retried simultaneously.
 */
final class RetrySchedule {

  private static final double JITTER = 0.1;

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final DoubleSupplier random;

  /**
   * Creates a schedule.
   *
   * @param random supplies values from 0 to 1
   */
  RetrySchedule(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * The pause before the next attempt; empty after the last one.
   *
   * @param failures number of failed attempts, at least one
   * @param asked the pause that the receiver asks for; the result is not shorter
   */
  Optional<Duration> pause(int failures, Duration asked) {
    if (failures > PAUSES.size()) {
      return Optional.empty();
    }
    double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
    Duration pause = Duration.ofMillis(Math.round(PAUSES.get(failures - 1).toMillis() * factor));
    return Optional.of(asked.compareTo(pause) > 0 ? asked : pause);
  }
}
