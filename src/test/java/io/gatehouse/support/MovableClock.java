package io.gatehouse.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The clock of gateways that are started with it: tests move it. It is no {@code @Configuration},
 * or every gateway would find it.
 */
public class MovableClock {

  private static volatile Duration off = Duration.ZERO;

  /** How much the clock is ahead of the true time. */
  public static void set(Duration ahead) {
    off = ahead;
  }

  /** Time passes. */
  public static void pass(Duration time) {
    off = off.plus(time);
  }

  @Bean
  @Primary
  Clock clockOfTests() {
    return new Clock() {
      @Override
      public Instant instant() {
        return Instant.now().plus(off);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }
}
