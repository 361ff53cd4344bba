package io.gatehouse.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110 section 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {

  public static final String HEADER = "Retry-After";

  /** What the gateway says while a part of it is away, in seconds. */
  public static final String SOON = "5";

  private RetryAfter() {}

  /**
   * Reads how long the peer asks to wait.
   *
   * @param value the header, which may be anything
   * @param now the time that a date is compared with
   * @return empty when it says nothing; less than zero when the date has passed
   */
  public static Optional<Duration> read(String value, Instant now) {
    String text = value.strip();
    return text.matches("\\d{1,18}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : date(text).map(it -> Duration.between(now, it));
  }

  /** Reads a date of HTTP (RFC 9110 section 5.6.7); empty when it is none. */
  public static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
