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

  /** The value that the gateway sends while a part of it is unavailable, in seconds. */
  public static final String SOON = "5";

  private RetryAfter() {}

  /**
   * Reads the pause that the peer asks for.
   *
   * @param value the header, which may be malformed
   * @param now the time that a date is compared with
   * @return empty when the value is malformed; negative when the date has passed
   */
  public static Optional<Duration> read(String value, Instant now) {
    String text = value.strip();
    return text.matches("\\d{1,18}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : date(text).map(it -> Duration.between(now, it));
  }

  /** Reads an HTTP date (RFC 9110 section 5.6.7); empty when it is none. */
  public static Optional<Instant> date(String value) {
    try {
      return Optional.of(
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
