package io.gatehouse.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Times as pages show them. */
@Component("text")
final class PageText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private final Clock clock;

  PageText(Clock clock) {
    this.clock = clock;
  }

  /** A time like {@code 2026-11-28 03:20 UTC}; empty for null. */
  public String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  /** How long ago it was, like {@code 3 minutes ago}; empty for null. */
  public String age(@Nullable Instant at) {
    if (at == null) {
      return "";
    }
    Duration age = Duration.between(at, clock.instant());
    if (age.toSeconds() < 60) {
      return "just now";
    }
    if (age.toMinutes() < 60) {
      return count(age.toMinutes(), "minute");
    }
    return age.toHours() < 48 ? count(age.toHours(), "hour") : count(age.toDays(), "day");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s") + " ago";
  }
}
