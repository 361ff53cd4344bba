package io.gatehouse.idpapi;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how long an IdP asks to wait, in the header of each of them. */
final class RetryAfter {

  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /** The wait after an answer that asks for one, between a second and an hour. */
  static Duration of(ApiResponse response, Instant now) {
    Duration asked = asked(response, now).orElse(USUAL);
    if (asked.compareTo(Duration.ofSeconds(1)) < 0) {
      return Duration.ofSeconds(1);
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Optional<Duration> asked(ApiResponse response, Instant now) {
    Instant theirs = read(response, "Date", RetryAfter::date).orElse(now);
    return read(response, "Retry-After", RetryAfter::seconds)
        .or(() -> read(response, "Retry-After", it -> between(theirs, date(it))))
        .or(() -> read(response, "X-Rate-Limit-Reset", it -> between(theirs, epoch(it))))
        .or(() -> read(response, "X-RateLimit-Reset", RetryAfter::seconds));
  }

  /** Okta's clock is compared with Okta's own {@code Date}, not with ours. */
  private static @Nullable Duration between(Instant from, @Nullable Instant to) {
    return to == null ? null : Duration.between(from, to);
  }

  private static <T> Optional<T> read(
      ApiResponse response, String header, Function<String, @Nullable T> reader) {
    return response.header(header).map(String::strip).map(reader);
  }

  private static @Nullable Duration seconds(String text) {
    return text.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  private static @Nullable Instant epoch(String text) {
    return text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
