package io.gatehouse.portal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Times and names as pages show them, {@code ${@text.time(x)}} in a template. */
@Component("text")
final class PageText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The marks of browsers, the special ones first: most claim to be Chrome and Safari too. */
  private static final Map<String, String> BROWSERS =
      inOrder(
          List.of("Edg", "OPR/", "Firefox/", "HeadlessChrome", "Chrome/", "Safari/"),
          List.of("Edge", "Opera", "Firefox", "Chrome", "Chrome", "Safari"));

  private static final Map<String, String> SYSTEMS =
      inOrder(
          List.of("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"),
          List.of("Windows", "Android", "iOS", "iPadOS", "macOS", "Linux"));

  private static final long MINUTE = 60;

  private final Clock clock;

  PageText(Clock clock) {
    this.clock = clock;
  }

  /** For example {@code 2026-11-28 03:20 UTC}; empty when there is no time. */
  public String time(@Nullable Instant at) {
    return at == null ? "" : TIME.format(at);
  }

  /** For example {@code Firefox on Windows}, of a {@code User-Agent}; the header of others. */
  public String browser(@Nullable String agent) {
    String given = agent == null ? "" : agent;
    return first(given, BROWSERS)
        .map(it -> it + first(given, SYSTEMS).map(system -> " on " + system).orElse(""))
        .orElse(given);
  }

  private static Map<String, String> inOrder(List<String> marks, List<String> names) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < marks.size(); i++) {
      all.put(marks.get(i), names.get(i));
    }
    return all;
  }

  private static Optional<String> first(String agent, Map<String, String> names) {
    return names.entrySet().stream()
        .filter(it -> agent.contains(it.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** For example {@code 12 minutes}. */
  public String span(long seconds) {
    return seconds < MINUTE
        ? seconds + " s"
        : age(clock.instant().minusSeconds(seconds)).replace(" ago", "");
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
