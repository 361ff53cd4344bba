package io.gatehouse.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Times as pages show them. */
@Component("text")
final class PageText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;

  PageText(Clock clock) {
    this.clock = clock;
  }

  /** For example {@code 2026-11-28 03:20 UTC}; empty for null. */
  public String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  /** For example {@code 3 minutes ago}; empty for null. */
  public String age(@Nullable Instant at) {
    if (at == null) {
      return "";
    }
    Duration age = Duration.between(at, clock.instant());
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return ago(age.toMinutes(), "minute");
    }
    return age.toDays() < 1 ? ago(age.toHours(), "hour") : ago(age.toDays(), "day");
  }

  private static String ago(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s") + " ago";
  }
}
