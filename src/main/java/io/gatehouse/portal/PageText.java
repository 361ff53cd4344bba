package io.gatehouse.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Times as the pages show them. */
@Component("text")
final class PageText {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;

  PageText(Clock clock) {
    this.clock = clock;
  }

  /** For example {@code 2026-11-28 03:20 UTC}; empty for null. */
  public String time(@Nullable Instant time) {
    return time == null ? "" : FORMAT.format(time);
  }

  /** For example {@code 3 minutes ago}; empty for null. */
  public String age(@Nullable Instant time) {
    if (time == null) {
      return "";
    }
    Duration age = Duration.between(time, clock.instant());
    if (age.toDays() > 0) {
      return ago(age.toDays(), "day");
    }
    if (age.toHours() > 0) {
      return ago(age.toHours(), "hour");
    }
    return age.toMinutes() > 0
        ? ago(age.toMinutes(), "minute")
        : ago(Math.max(0, age.toSeconds()), "second");
  }

  private static String ago(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s") + " ago";
  }
}
