package io.gatehouse.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock for deadlines: it goes on when the time of day is set back. Its instants have no meaning
 * but their distance from each other.
 */
public final class SteadyClock extends Clock {

  private final Clock timeOfDay;
  private Instant last;
  private Instant now;

  public SteadyClock(Clock timeOfDay) {
    this.timeOfDay = timeOfDay;
    this.last = timeOfDay.instant();
    this.now = last;
  }

  @Override
  public synchronized Instant instant() {
    Instant read = timeOfDay.instant();
    Duration passed = Duration.between(last, read);
    last = read;
    if (!passed.isNegative()) {
      now = now.plus(passed);
    }
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
