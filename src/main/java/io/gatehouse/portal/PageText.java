package io.gatehouse.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Times as pages show them, {@code ${@text.time(x)}} in a template. */
@Component("text")
final class PageText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Clock clock;

  PageText(Clock clock) {
    this.clock = clock;
  }

  /** For example {@code 2026-11-28 03:20 UTC}; empty when there is no time. */
  public String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  /** What people call an identity provider; one of a route file keeps its name. */
  public String idp(String name) {
    return switch (name) {
      case "entra" -> "Microsoft Entra ID";
      case "okta" -> "Okta";
      case "onelogin" -> "OneLogin";
      case "standard" -> "SCIM 2.0 standard";
      default -> name;
    };
  }

  /** For example {@code 3 minutes ago}; empty when there is no time. */
  public String age(@Nullable Instant at) {
    if (at == null) {
      return "";
    }
    Duration age = Duration.between(at, clock.instant());
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return count(age.toMinutes(), "minute");
    }
    return age.toDays() < 1 ? count(age.toHours(), "hour") : count(age.toDays(), "day");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? " ago" : "s ago");
  }
}
